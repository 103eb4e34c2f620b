"""Every kind of question, answered on a real page: with scripts off, with the keyboard alone, and by moving lines."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.bank import open_bank, plain
from tests.journeys.conftest import Visitor
from tests.journeys.hands import press, use_keyboard_only
from tests.journeys.steps import answer, follow

pytestmark = pytest.mark.browser

EARNING = sorted({item.kind for item in open_bank().values()} - {"open_response", "information"})


@pytest.fixture
def at_the_desk(visitor: Visitor) -> Visitor:
    """Call it for the list of the module's questions, as an editor sees it."""

    def questions(**options: object) -> Page:
        page = visitor(**options)
        page.goto("/try/dev/")
        pages = page.request.get("/admin/api/main/pages/").json()["items"]
        module = next(one["id"] for one in pages if one["title"] == "Why case reviews needed another way")
        page.goto(f"/admin/modules/{module}/questions/")
        return page

    return questions


def open_one(page: Page, kind: str) -> None:
    """The first question of this kind in the list."""
    prompts = {words: item for words, item in open_bank().items() if item.kind == kind}
    for link in page.locator("td a").all():
        words = plain(link.inner_text()).removesuffix("…").strip()
        if words and any(prompt.startswith(words) for prompt in prompts):
            follow(page, link)
            return
    raise AssertionError(f"no question of kind {kind} is listed")


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts-off", "keyboard-only"])
@pytest.mark.parametrize("kind", EARNING)
def test_a_question_of_each_kind_is_answered_and_earns_all(at_the_desk: Visitor, kind: str, scripts: bool) -> None:
    page = at_the_desk(java_script_enabled=scripts)
    open_one(page, kind)
    if scripts:
        use_keyboard_only(page)

    answer(page, rightly=True)
    press(page, page.get_by_role("button", name="Show it as marked"))

    expect(page.locator("#marked")).to_have_text("As marked: 1 of 1")
    expect(page.get_by_role("main")).not_to_contain_text("No answer here.")


def test_lines_are_put_in_order_by_moving_them_up_and_down(at_the_desk: Visitor) -> None:
    page = at_the_desk(viewport={"width": 360, "height": 800})
    open_one(page, "ordering")
    wanted = [label for label, _place in next(one for one in open_bank().values() if one.kind == "ordering").fields]

    for place, line in enumerate(wanted):
        while [plain(words) for words in page.locator(".line label").all_inner_texts()].index(line) > place:
            page.get_by_role("button", name=f"Move up: {line}").click()
    expect(page.locator("[data-moved]")).to_have_text(re.compile(r"is now at place \d\.$"))
    page.get_by_role("button", name="Show it as marked").click()

    expect(page.locator("#marked")).to_have_text("As marked: 1 of 1")
