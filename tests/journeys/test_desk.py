"""The editors' desk in a real browser: a page typed in the block editor, refused with what is missing, mended, live."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
FRONT = "from home.models import HomePage; print(HomePage.objects.get(language='en').pk)"
CHIEF = (
    "from django.contrib.auth.models import Group; from people.models import User; "
    "group = Group.objects.get(name='Editors in chief'); User.objects.get(name='Dev Marsh').groups.{}(group)"
)


def at_desk(visitor: Visitor) -> Page:
    page = visitor()
    page.goto("/try/dev/")
    return page


def begin_page(page: Page, front: str, title: str) -> None:
    """A standing page with a title and one heading, typed; saved by nobody."""
    page.goto(f"/admin/pages/add/home/standardpage/{front}/")
    page.get_by_label(re.compile("^Title")).fill(title)
    insert(page, "Section heading")
    page.get_by_label(re.compile("^Heading")).fill("Where it starts")
    page.get_by_label(re.compile("^Identifier")).fill("start")


def insert(page: Page, block: str) -> None:
    """Another block at the end of the text."""
    body = page.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=block, exact=True).click()


def publish(page: Page) -> None:
    more = page.locator("footer").get_by_role("button", name=re.compile("more actions|Toggle|actions", re.IGNORECASE))
    more.last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()


def test_page_is_typed_refused_with_what_is_missing_and_where_mended_and_live(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    begin_page(page, manage("shell", "-v0", "-c", FRONT), "Handovers at night")

    publish(page)
    expect(page.locator("#panel-child-content-body-section")).to_contain_text("Nothing stands under the heading")
    refused, status = page.locator("main").inner_text(), page.request.get("/handovers-at-night/").status
    insert(page, "Text")
    page.locator("[data-streamfield-stream-container] [contenteditable=true]").last.click()
    page.keyboard.type("The night shift told the morning what it knew.")
    written = page.locator('input[name^="body-"][name$="-value"]').last  # the editor hands over what was typed late
    expect(written).to_have_value(re.compile("the morning what it knew"))
    page.get_by_label("Checked by a practitioner").fill("Ann Lee")
    page.get_by_label("Checked on").fill("2026-11-20")
    page.keyboard.press("Escape")
    publish(page)

    expect(page.locator(".messages")).to_contain_text("published")
    assert ("No practitioner has checked this text." in refused, status) == (True, 404)
    page.goto("/handovers-at-night/")
    expect(page.get_by_text("The night shift told the morning what it knew.")).to_be_visible()


def test_editor_in_chief_publishes_in_spite_of_a_check_with_a_reason(visitor: Visitor, manage: Manage) -> None:
    manage("shell", "-v0", "-c", CHIEF.format("add"))
    page = at_desk(visitor)
    begin_page(page, manage("shell", "-v0", "-c", FRONT), "Handovers by day")
    page.locator("footer").get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")

    page.get_by_role("link", name="Checks of the saved draft").click()
    page.get_by_label("Why is this published now?").fill("The rest follows today.")
    page.get_by_role("button", name="Publish all the same").click()

    expect(page.get_by_text("is published. The reason is kept.")).to_be_visible()
    page.goto("/handovers-by-day/")
    expect(page.get_by_role("heading", name="Handovers by day")).to_be_visible()
    manage("shell", "-v0", "-c", CHIEF.format("remove"))
