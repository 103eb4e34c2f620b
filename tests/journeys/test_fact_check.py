"""An editor sends a draft out; somebody outside reads it on a phone and answers; the editor finds the answer."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_arriving import open_in_the_editor
from tests.journeys.test_second_step import axe_finds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
TITLE = "From flight decks and hospital wards to family homes"
ANSWER = "The second paragraph is right.\nThe name of the act is not: it is the Children Act 2004."


def ask(desk: Page, title: str) -> str:
    """The path of the address that is to be sent."""
    form = open_in_the_editor(desk, title)
    desk.goto(form.replace("/admin/pages/", "/admin/fact-checks/").replace("/edit/", "/"))
    desk.get_by_label("Who checks it").fill("Prof. Hâf Lewis")
    desk.get_by_label("What they should look at").fill("Are the names of the acts right?")
    desk.get_by_role("button", name="Make the address").click()
    address = urlsplit(desk.get_by_label("The address to send").first.input_value())
    return address.path


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts-on", "scripts-off"])
def test_expert_outside_reads_a_draft_and_the_editor_finds_the_answer(visitor: Visitor, scripts: bool) -> None:
    desk = visitor(reduced_motion="reduce")
    expert = visitor(viewport={"width": 360, "height": 740}, java_script_enabled=scripts, reduced_motion="reduce")
    path = ask(desk, TITLE)
    found = axe_finds(desk)

    expert.goto(path)
    expect(expert.get_by_role("heading", level=1)).to_have_text(TITLE)
    expert.get_by_role("link", name="Go to the box for your answer").click()
    expert.get_by_role("button", name="Send my answer").click()
    expect(expert.locator(".error-summary")).to_contain_text("Write what is wrong, missing or out of date")
    expert.get_by_label("Your answer").fill(ANSWER)
    expert.get_by_role("button", name="Send my answer").click()
    expect(expert.get_by_role("heading", name="What you have sent")).to_be_visible()
    expect(expert.get_by_label("Your answer")).to_have_value("")
    found += axe_finds(expert) if scripts else []

    desk.goto("/admin/")
    expect(desk.get_by_role("heading", name="Answers from outside to your drafts")).to_be_visible()
    desk.locator(".lt-findings").get_by_role("link", name=TITLE).first.click()
    expect(desk.locator(".lt-answer").first).to_contain_text("it is the Children Act 2004")
    found += axe_finds(desk)
    desk.get_by_role("button", name="I have dealt with this").first.click()
    expect(desk.get_by_text("dealt with by").first).to_be_visible()
    desk.get_by_role("button", name="Close it now").first.click()
    expert.goto(path)
    expect(expert.get_by_role("heading", level=1)).to_have_text("This draft is no longer open")
    assert found == []
