"""What a learner writes for themselves: on a passage, found again on another device; with scripts and without."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.hands import press, write
from tests.journeys.steps import COHORT, follow, join_as_newcomer, sign_in

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
OWN_WORDS = "I had four calls waiting, and I knew the name."


@pytest.mark.parametrize("way", ["scripts-on", "scripts-off"])
def test_notes_are_kept_found_and_taken_along_on_another_device(visitor: Visitor, manage: Manage, way: str) -> None:
    email, scripts = f"nest-{way}@example.org", way == "scripts-on"
    link = manage("invite_learner", email, "--cohort", COHORT)

    def arrive(**options: Any) -> Page:
        return visitor(java_script_enabled=scripts, accept_downloads=True, **options)

    here = arrive()
    join_as_newcomer(here, link, email=email, name="Nest Parry")
    lesson = open_first_lesson(here)
    quote = highlight(here, scripts=scripts)
    write_note(here, OWN_WORDS)
    bookmark_second_part(here)
    here.context.close()

    there = arrive(viewport=PHONE)
    sign_in(there, email=email)
    there.goto(lesson)
    expect(there.locator("[data-quote]")).to_have_text(quote)
    expect(there.locator(".mine").first).to_contain_text(OWN_WORDS)
    expect(there.locator(".mine").nth(1)).to_contain_text("Bookmarked")
    if scripts:
        expect_drawn(there, quote)
    find_again(there)
    add_learning_elsewhere(there)
    take_along(there)
    take_away(there)


def open_first_lesson(page: Page) -> str:
    page.goto("/foundation/")
    follow(page, page.locator(".cards a").first)
    follow(page, page.locator("main ol a").first)
    return page.url


def highlight(page: Page, *, scripts: bool) -> str:
    """A sentence of the first part: chosen in the text, or copied into the form where no script runs."""
    paragraph = page.locator("article.lesson [data-section] ~ p").first
    quote = paragraph.inner_text()
    if scripts:
        paragraph.evaluate("part => getSelection().selectAllChildren(part)")
        page.get_by_role("button", name="Highlight", exact=True).click()
        expect(page.locator("[data-note-said]")).to_have_text("Saved. Only you can see it.")
    else:
        part = open_form(page, 0)
        write(page, part.get_by_label("Words of the text"), quote)
        press(page, part.get_by_role("button", name="Save for myself"))
    expect(page.locator("[data-quote]")).to_have_text(quote)
    return quote


def open_form(page: Page, number: int) -> Any:
    part = page.locator("article.lesson .mine").nth(number)
    press(page, part.locator("summary"))
    return part


def write_note(page: Page, words: str) -> None:
    part = open_form(page, 0)
    write(page, part.get_by_label("Your note"), words)
    press(page, part.get_by_role("button", name="Save for myself"))
    expect(page.locator("article.lesson .mine").first).to_contain_text(words)


def bookmark_second_part(page: Page) -> None:
    part = open_form(page, 1)
    press(page, part.get_by_role("button", name="Bookmark this part"))
    expect(page.locator("article.lesson .mine").nth(1)).to_contain_text("Bookmarked")


def expect_drawn(page: Page, quote: str) -> None:
    """The highlight is drawn over the words in the text."""
    drawn = page.evaluate("[...CSS.highlights.get('mine')].map(range => range.toString().replace(/\\s+/g, ' '))")
    assert drawn == [" ".join(quote.split())]


def find_again(page: Page) -> None:
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name="What I wrote"))
    expect(page.locator("main .mine li")).to_have_count(3)
    write(page, page.get_by_label("Find in what you wrote"), "CALLS waiting")
    follow(page, page.get_by_role("main").get_by_role("button", name="Find"))
    expect(page.locator("main .mine li")).to_have_count(1)
    expect(page.locator("main .mine li")).to_contain_text(OWN_WORDS)


def add_learning_elsewhere(page: Page) -> None:
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name="Record of learning"))
    follow(page, page.get_by_role("link", name="Add learning done elsewhere"))
    write(page, page.get_by_label("What was it?"), "A day at the family court")
    page.get_by_label("On which day?").fill("2026-11-02")
    write(page, page.get_by_label("How many minutes"), "420")
    follow(page, page.get_by_role("main").get_by_role("button", name="Save"))
    expect(page.locator("main .lead")).to_contain_text("420 minutes elsewhere")


def take_along(page: Page) -> None:
    """One file for paper, one to read, one for machines."""
    for name, kind in (("PDF, to print", "pdf"), ("Page (HTML)", "html"), ("Data (JSON)", "json")):
        with page.expect_download() as loading:
            page.get_by_role("link", name=name).click()
        assert loading.value.suggested_filename.endswith(f".{kind}")
        content = loading.value.path().read_bytes()
        assert kind == "pdf" or OWN_WORDS.encode() in content


def take_away(page: Page) -> None:
    page.goto("/my-learning/written/")
    note = page.locator("main .mine li", has_text=OWN_WORDS)
    follow(page, note.get_by_role("link", name="Change or take away"))
    follow(page, page.get_by_role("button", name="Take it away"))
    expect(page.locator("main .mine li")).to_have_count(2)


def test_connection_that_is_lost_loses_no_words(visitor: Visitor, manage: Manage) -> None:
    link = manage("invite_learner", "olwen@example.org", "--cohort", COHORT)
    page = visitor()
    join_as_newcomer(page, link, email="olwen@example.org", name="Olwen Rees")
    open_first_lesson(page)
    part = open_form(page, 0)
    part.get_by_label("Your note").fill(OWN_WORDS)

    page.context.set_offline(True)
    part.get_by_role("button", name="Save for myself").click()
    expect(page.locator("[data-note-said]")).to_contain_text("Not saved: the connection is lost.")
    expect(part.get_by_label("Your note")).to_have_value(OWN_WORDS)

    page.context.set_offline(False)
    part.get_by_role("button", name="Save for myself").click()
    expect(page.locator("article.lesson .mine li").first).to_contain_text(OWN_WORDS)


def test_highlight_leaves_alone_what_is_being_written_in_the_same_part(visitor: Visitor, manage: Manage) -> None:
    link = manage("invite_learner", "medi@example.org", "--cohort", COHORT)
    page = visitor()
    join_as_newcomer(page, link, email="medi@example.org", name="Medi Rees")
    open_first_lesson(page)
    open_form(page, 0).get_by_label("Your note").fill(OWN_WORDS)

    highlight(page, scripts=True)

    expect(page.locator("article.lesson .mine").first.get_by_label("Your note")).to_have_value(OWN_WORDS)
    expect(page.locator("article.lesson .mine li")).to_have_count(1)
