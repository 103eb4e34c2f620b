"""Briefings in a real browser: on paper, on one screen, and words with their meaning in place, without any script."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.tools.running_site import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("shelves"),
    pytest.mark.once,
]

OURS = sorted((ROOT / "content/briefings").glob("??-*.md"))
SLUGS = ["nine-hundred", "thirteen-hundred"]
SLUGS += [found[1] for file in OURS if (found := re.search(r"^slug: (\S+)$", file.read_text(), re.MULTILINE))]
DESK = {"width": 1280, "height": 800}


@pytest.mark.parametrize("slug", SLUGS)
def test_printed_briefing_takes_two_to_four_sheets(visitor: Visitor, slug: str) -> None:
    page = visitor()
    page.goto(f"/briefings/{slug}/")

    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    assert 2 <= len(sheets) <= 4


def test_printed_briefing_says_whether_it_stands_and_where_it_comes_from(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/briefings/past-review/")

    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    for words in (
        "At a Glance briefing 94",
        "This briefing is due to be looked at again",
        "Words on this page",
        "What one shift tells the next.",
        "not yet checked by a practitioner",
    ):
        assert words in text
    assert text.count("four minutes") == 1
    for words in ("Take it with you", "In this briefing", "Skip to main content"):
        assert words not in text


def test_resources_on_the_model_are_on_one_screen(visitor: Visitor) -> None:
    page = visitor(viewport=DESK)
    page.goto("/resources/")

    lowest = page.locator(".shelves").evaluate("shelves => shelves.getBoundingClientRect().bottom + scrollY")

    expect(page.locator(".shelves a").first).to_be_visible()
    assert lowest <= DESK["height"]


def open_word(page: Page) -> None:
    page.goto("/briefings/past-review/")
    page.locator("button.term").focus()
    page.keyboard.press("Enter")


def test_word_opens_its_meaning_in_place_by_keyboard_without_a_script(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport=DESK)

    open_word(page)

    meaning = page.locator(".meaning")
    expect(meaning).to_contain_text("Handover What one shift tells the next.")
    expect(meaning).to_be_visible()
    word, sheet = page.locator("button.term").bounding_box(), meaning.bounding_box()
    assert 0 <= sheet["y"] - (word["y"] + word["height"]) <= 24

    page.keyboard.press("Escape")

    expect(meaning).to_be_hidden()
    expect(page.locator("button.term")).to_be_focused()


def test_opened_meaning_leads_on_and_is_closed_by_its_button(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport=DESK)
    open_word(page)

    page.locator(".meaning").get_by_role("button", name="Close").click()
    expect(page.locator(".meaning")).to_be_hidden()
    open_word(page)
    page.locator(".meaning").get_by_role("link", name="In the glossary").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Handover")


def test_word_is_met_once_by_those_who_listen_and_is_a_plain_link_on_paper(visitor: Visitor) -> None:
    page = visitor(viewport=DESK)
    page.goto("/briefings/past-review/")

    link, button = page.locator("a.term"), page.locator("button.term")

    expect(link).to_be_hidden()
    expect(button).to_be_visible()
    page.emulate_media(media="print")
    expect(link).to_be_visible()
    expect(button).to_be_hidden()


def test_shelf_is_narrowed_and_opened_by_keyboard_without_a_script(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False, viewport=DESK)
    page.goto("/briefings/")

    page.get_by_role("navigation", name="Who it is for").get_by_role("link", name=re.compile("^Boards")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/briefings/?audience=boards")
    page.get_by_role("link", name=re.compile("Handovers at the weekend")).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Handovers at the weekend")
