"""What a learner writes and their record, in every state: part of what the walk sees."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.steps import answer, follow, open_quiz
from tests.journeys.ways import State, at, at_lesson
from tests.journeys.yet_closed import ANSWERED, RETURNED, WAITS, at_came_back, at_closed_lesson, at_cohort_answers

EXEMPT_OWN_PAGES = {
    "learning_record_file": "a file; checked in tests/player/test_record.py",
    "quiz_practise": "leads to quiz_practice",
}


def _noted(page: Page) -> None:
    """A bookmark, a highlight and a note under a lesson's first part, and the form for more."""
    at_lesson(1)(page)
    part = page.locator(".lesson .mine").first
    part.locator("summary").click()
    if part.get_by_role("button", name="Bookmark this part").count():
        part.get_by_role("button", name="Bookmark this part").click()
        expect(page.locator(".lesson .mine").first).to_contain_text("Bookmarked")
        page.locator(".lesson .mine summary").first.click()
    words = page.locator(".lesson [data-section] ~ p").first.inner_text()
    page.get_by_label("Words of the text").first.fill(words)
    page.locator("[data-note-form] [name=words]").first.fill("I wrote that sentence once.")
    page.get_by_role("button", name="Save for myself").first.click()
    expect(page.locator(".lesson .mine").first).to_contain_text("I wrote that sentence once.")
    page.locator(".lesson .mine summary").first.click()


def _note_refused(page: Page) -> None:
    """Words that do not stand in the lesson."""
    at_lesson(1)(page)
    page.locator(".lesson .mine summary").first.click()
    page.get_by_label("Words of the text").first.fill("Words of another text.")
    page.locator("[data-note-form]").first.evaluate("form => form.submit()")
    page.locator(".error-summary").wait_for()


def _words_chosen(page: Page) -> None:
    """Words of the text are selected, and what can be done with them is offered."""
    at_lesson(1)(page)
    choose = "part => getSelection().selectAllChildren(part)"
    page.locator(".lesson [data-section] ~ p").first.evaluate(choose)
    page.locator("[data-chosen]").wait_for()


def _written(page: Page) -> None:
    _noted(page)
    page.goto("/my-learning/written/")


def _one_note(page: Page) -> None:
    _written(page)
    page.get_by_role("link", name="Change or take away").first.click()
    page.get_by_role("heading", level=1, name="Change what you wrote").wait_for()


def _one_note_refused(page: Page) -> None:
    _one_note(page)
    page.locator("input[name=seen]").evaluate("field => { field.value = 'an hour ago' }")
    page.locator("main [name=words]").fill("From the other tab.")
    page.get_by_role("button", name="Save for myself").click()
    page.locator(".error-summary").wait_for()


def _practising(*acts: str, is_answered: bool = False) -> Callable[[Page], Any]:
    """From the result of an attempt that was not passed, one tap to three questions on what was hardest; and on."""

    def come(page: Page) -> None:
        open_quiz(page)
        follow(page, page.get_by_role("link", name="Attempt 1,"))
        follow(page, page.get_by_role("link", name="Practise three questions"))
        if is_answered:
            answer(page, rightly=True)
        for act in acts:
            with page.expect_navigation():  # the same address again
                page.get_by_role("button", name=act).click()

    return come


def _elsewhere_added(page: Page) -> None:
    page.goto("/my-learning/record/elsewhere/")
    page.get_by_label("What was it?").fill("Shadowing the front door")
    page.get_by_label("On which day?").fill("2026-11-02")
    page.get_by_label("How many minutes").fill("180")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    page.get_by_role("heading", level=1, name="Record of learning").wait_for()


def _elsewhere_changing(page: Page) -> None:
    _elsewhere_added(page)
    page.locator("main .entries a", has_text="Change").first.click()
    page.get_by_role("heading", level=1, name="Change learning").wait_for()


def _elsewhere_refused(page: Page) -> None:
    page.goto("/my-learning/record/elsewhere/")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    page.locator(".error-summary").wait_for()


OWN_STATES = [
    State("wagtail_serve", "lesson, noted", "amina", _noted, "The same lesson", True),
    State("wagtail_serve", "lesson, words chosen", "amina", _words_chosen, "The same lesson", True),
    State("wagtail_serve", "lesson, not open yet", WAITS, at_closed_lesson, "Not open yet", True),
    State("quiz_result", "with the cohort's answers", ANSWERED, at_cohort_answers, "Not passed yet", True),
    State("dashboard", "a text came back", RETURNED, at("/my-learning/"), "Hello, Wait 9"),
    State("quiz_result", "a text came back", RETURNED, at_came_back, "Something came back to you", in_player=True),
    State("quiz_practice", "", "ceri", _practising(), "", True),
    State("quiz_practice", "refused", "ceri", _practising("Check my answer"), "", True),
    State(
        "quiz_practice",
        "explained",
        "ceri",
        _practising("Check my answer", is_answered=True),
        "Your practice answer",
        True,
    ),
    State("note_add", "not saved", "amina", _note_refused, "The same lesson", True),
    State("my_notes", "some", "amina", _written, "What I wrote", True),
    State("my_notes", "nothing yet", "nia", at("/my-learning/written/"), "What I wrote", True),
    State("note", "", "amina", _one_note, "Change what you wrote", True),
    State("note", "saved elsewhere", "amina", _one_note_refused, "Change what you wrote", True),
    State("learning_record", "some", "amina", _elsewhere_added, "Record of learning"),
    State("learning_record", "nothing yet", "nia", at("/my-learning/record/?starts=2026-01-01"), "Record of learning"),
    State("learning_record", "no such time", "amina", at("/my-learning/record/?starts=soon"), "Record of learning"),
    State("elsewhere_add", "", "amina", at("/my-learning/record/elsewhere/"), "Add learning"),
    State("elsewhere_add", "not saved", "amina", _elsewhere_refused, "Add learning"),
    State("elsewhere", "", "amina", _elsewhere_changing, "Change learning"),
]
