"""A learner’s record of professional development: learning elsewhere added, a time chosen, all of it taken along."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_learning_elsewhere_is_added_counted_and_taken_along(visitor: Visitor, scripts: bool) -> None:
    page = visitor(java_script_enabled=scripts, viewport={"width": 360, "height": 780})
    page.goto("/try/ceri/")
    page.goto("/my-learning/record/")
    page.get_by_role("link", name="Add learning done elsewhere").click()
    page.get_by_label("What was it?").fill("A day at the front door")
    page.get_by_label("On which day?").fill("2026-11-02")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_contain_text("minutes")
    page.get_by_label("How many minutes").fill("180")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    entry = page.locator(".entries li", has_text="A day at the front door")
    expect(entry).to_contain_text("180 minutes")

    page.locator("summary", has_text="Choose a time").click()
    page.get_by_label("From").fill("2026-11-01")
    page.get_by_label("Until").fill("2026-11-03")
    page.get_by_role("button", name="Show this time").click()
    expect(page.locator(".lead")).to_contain_text("180 minutes elsewhere")
    taken = {}
    for form in ("Data (JSON)", "Page (HTML)", "PDF, to print"):
        with page.expect_download() as file:
            page.get_by_role("link", name=form).click()
        taken[form] = Path(file.value.path()).read_bytes()

    told = json.loads(taken["Data (JSON)"])
    assert [(one["title"], one["minutes"]) for one in told["elsewhere"]] == [("A day at the front door", 180)]
    assert "A day at the front door" in taken["Page (HTML)"].decode()
    assert taken["PDF, to print"].startswith(b"%PDF")
    page.goto("/my-learning/record/")
    entry.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("A day at the front door")).to_have_count(0)
