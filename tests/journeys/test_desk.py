"""The editors' desk in a real browser: a page typed in the block editor, refused with what is missing, mended, live."""

import re

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.journeys.conftest import Manage, Visitor
from tests.media.footage import mp4

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
]
FRONT = "from home.models import HomePage; print(HomePage.objects.get(language='en').pk)"
CHANNEL = "from media.models import FilmIndexPage; print(FilmIndexPage.objects.get(language='en').pk)"
CAPTIONS = "WEBVTT\n\n00:02.000 --> 00:06.000\nThe file says: no answer.\n"
TRANSCRIPT = "0:00 [A kitchen.]\n0:02 Narrator: The file says: no answer."
GONE = "from media.models import FilmPage; FilmPage.objects.get(title='{}').delete()"
COUNTED = "from media.models import FilmPage; print(FilmPage.objects.filter(title='{}').count())"
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


def test_advice_while_writing_is_of_what_stands_in_the_form_now(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    begin_page(page, manage("shell", "-v0", "-c", FRONT), "Handovers at noon")
    page.locator("footer").get_by_role("button", name="Save draft").click()
    page.wait_for_url("**/edit/")
    advice = page.locator("[data-findings]")
    expect(advice).to_contain_text("Nothing stands under the heading")

    insert(page, "Text")
    page.locator("[data-streamfield-stream-container] [contenteditable=true]").last.click()
    page.keyboard.type("The morning shift told the afternoon what it knew.")
    written = page.locator('input[name^="body-"][name$="-value"]').last
    expect(written).to_have_value(re.compile("the afternoon what it knew"))
    page.get_by_role("button", name="Check what I have written").click()

    expect(advice).not_to_contain_text("Nothing stands under the heading")
    expect(advice).to_contain_text("No practitioner has checked this text.")


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


def test_film_uploaded_at_the_desk_is_refused_without_captions_and_transcript_and_live_with_them(
    visitor: Visitor, manage: Manage
) -> None:
    page = at_desk(visitor)
    begin_film(page, manage("shell", "-v0", "-c", CHANNEL), "A night call")

    publish(page)
    expect(page.locator("main")).to_contain_text("A film is published with captions only. Add them as WebVTT or SRT.")
    expect(page.locator("main")).to_contain_text("A film is published with a transcript only.")
    refused = page.request.get("/films/a-night-call/").status
    page.get_by_role("textbox", name="Captions", exact=True).fill(CAPTIONS)
    publish(page)
    expect(page.locator("main")).not_to_contain_text("A film is published with captions only.")
    expect(page.locator("main")).to_contain_text("A film is published with a transcript only.")
    expect(page.get_by_role("textbox", name="Captions", exact=True)).to_have_value(re.compile("no answer"))
    page.get_by_role("textbox", name="Transcript", exact=True).fill(TRANSCRIPT)
    publish(page)

    expect(page.locator(".messages")).to_contain_text("published")
    assert (refused, page.request.get("/films/a-night-call/").status) == (404, 200)
    manage("shell", "-v0", "-c", GONE.format("A night call"))


def test_page_published_while_it_is_being_autosaved_is_made_once(visitor: Visitor, manage: Manage) -> None:
    page = at_desk(visitor)
    answers: list[tuple[Route, APIResponse]] = []
    page.route("**/admin/pages/add/**", lambda route: keep_autosave(route, answers))
    begin_film(page, manage("shell", "-v0", "-c", CHANNEL), "A day call")
    page.get_by_role("textbox", name="Captions", exact=True).fill(CAPTIONS)
    for turn in range(20):  # Wagtail takes what is typed within two seconds for what was there before
        page.get_by_role("textbox", name="Transcript", exact=True).fill(TRANSCRIPT + " It rained." * turn)
        page.keyboard.press("Tab")
        page.wait_for_timeout(1500)
        if answers:
            break

    publish(page)
    made, answer = answers[0]
    made.fulfill(response=answer)

    expect(page.locator(".messages")).to_contain_text("published")
    assert manage("shell", "-v0", "-c", COUNTED.format("A day call")) == "1"
    manage("shell", "-v0", "-c", GONE.format("A day call"))


def keep_autosave(route: Route, answers: list[tuple[Route, APIResponse]]) -> None:
    """As over a slow line: the page is made, and its editor has not heard of it yet."""
    asked = route.request
    if asked.method == "POST" and asked.headers.get("accept") == "application/json":
        answers.append((route, route.fetch()))
    else:
        route.continue_()


def begin_film(page: Page, channel: str, title: str) -> None:
    """A film's page that lacks nothing but its text; saved by nobody."""
    page.goto(f"/admin/pages/add/media/filmpage/{channel}/")
    page.get_by_label(re.compile("^Title")).fill(title)
    page.get_by_role("textbox", name="Lead", exact=True).fill("What the night tells the morning.")
    upload_film(page)
    page.get_by_label("Everyone").check()
    page.get_by_label("Checked by a practitioner").fill("Ann Lee")
    page.get_by_label("Checked on").fill("2026-11-20")
    page.keyboard.press("Escape")


def upload_film(page: Page) -> None:
    """A file that nobody has uploaded yet, from the field of the form."""
    page.get_by_role("button", name="Choose video").click()
    page.get_by_role("tab", name="Upload Video").click()
    upload = page.locator("#tab-upload-video")
    upload.get_by_label("Title").fill("A call, filmed")
    upload.get_by_label("File").set_input_files({"name": "call.mp4", "mimeType": "video/mp4", "buffer": mp4(40)})
    upload.get_by_role("button", name="Upload").click()
    upload.wait_for(state="detached")
