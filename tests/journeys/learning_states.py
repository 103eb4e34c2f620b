"""Lessons, quizzes, certificates and a learner's first page in every state: part of what the walk sees."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.steps import answer, begin_attempt, follow, open_quiz
from tests.journeys.ways import State, at, at_lesson, menu_open

EXEMPT_LEARNING_PAGES = {
    "film_read": "answers POST only, and leads to the next step",
    "certificate_name": "answers POST only, with the certificate's page",
    "certificate_pdf": "a file; checked as PDF/UA in tests/credentials/test_certificate.py",
    "lesson_place": "answers POST only, with nothing",
    "lesson_read": "answers POST only, and leads to the next step",
    "lesson_section": "leads to the lesson",
    "quiz_hand_in": "answers POST only, and leads to the result",
    "quiz_how_sure": "needs a quiz that asks; walked with axe in tests/journeys/test_rules_of_attempts.py",
    "quiz_save": "answers POST only, to the page's script",
}


QUIZ_IN_PARTS = "/quiz/0e1043a2-17f1-4cab-81b6-554c00fd080d/"  # module 7


def at_exercise(way: str = "") -> Callable[[Page], Any]:
    """The exercise beside module 1; and from there on by this button or link."""

    def come(page: Page) -> None:
        open_quiz(page)
        beside = page.get_by_role("link", name="In your own words")
        page.goto(beside.first.get_attribute("href") or "")
        if way:
            follow(page, page.get_by_role("main").locator("button, a", has_text=way).first)

    return come


def unfold(page: Page) -> None:
    """Every part that is folded away."""
    at_lesson(1)(page)
    for summary in page.locator("summary:visible").all():
        summary.click()


def practised(number: int) -> Callable[[Page], Any]:
    """A lesson whose practice somebody has tried, with everything opened that it holds."""

    def come(page: Page) -> None:
        at_lesson(number)(page)
        for label in page.locator(".practice label:has(input):visible").all():
            label.click()
        for summary in page.locator(".practice summary").all():
            summary.click()
        for label in page.locator(".practice details label:has(input):visible").all():
            label.click()

    return come


def reflection_saved(page: Page) -> None:
    at_lesson(2)(page)
    page.get_by_label("Your words").last.fill("I had four calls waiting and knew the name.")
    page.get_by_role("button", name="Save for myself").click()
    expect(page.locator(".reflect .saved")).to_contain_text("Saved on")


def reflection_refused(page: Page) -> None:
    """Words that another tab has overtaken."""
    reflection_saved(page)
    page.locator(".reflect input[name=seen]").evaluate("field => { field.value = 'an hour ago' }")
    page.locator(".reflect textarea").fill("From the other tab.")
    page.get_by_role("button", name="Save for myself").click()
    page.locator(".error-summary").wait_for()


def reflection_signed_out(page: Page) -> None:
    """The session ended while somebody wrote."""
    at_lesson(2)(page)
    page.context.clear_cookies(name="sessionid")
    page.locator(".reflect textarea").fill("Words that must not be lost.")
    page.get_by_role("button", name="Save for myself").click()
    page.get_by_role("heading", level=1, name="Not saved").wait_for()


def at_course_film(page: Page) -> None:
    page.goto(page.course_film)


def at_question(page: Page) -> None:
    open_quiz(page)
    begin_attempt(page)


def at_answered_question(page: Page) -> None:
    at_question(page)
    page.goto(re.sub(r"/\d+/$", "/2/", page.url))
    answer(page, rightly=True)
    page.get_by_role("button", name=re.compile("flag")).click()
    expect(page.locator("[data-save-status]")).to_contain_text("Saved at")


def at_sign_in_again(page: Page) -> None:
    """An answer sent after the session ended."""
    at_question(page)
    page.context.clear_cookies(name="sessionid")
    answer(page, rightly=True)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", level=1, name="Sign in").wait_for()


def signed_out_while_answering(page: Page) -> None:
    """The session ended in another tab; the page says so beside the answer."""
    at_question(page)
    page.context.clear_cookies(name="sessionid")
    answer(page, rightly=True)
    expect(page.locator("[data-save-status]")).to_contain_text("you are signed out")


def at_refused_answer(page: Page) -> None:
    at_question(page)
    page.locator("[name=sequence]").evaluate("field => { field.value = 'broken' }")
    page.get_by_role("button", name="Save and see all answers").click()
    page.locator(".error-summary").wait_for()


def at_check(page: Page) -> None:
    at_question(page)
    page.goto(re.sub(r"/\d+/$", "/check/", page.url))


def at_result(page: Page) -> None:
    at_check(page)
    follow(page, page.get_by_role("button", name="Hand in my answers"))


def at_start_of_parts(page: Page) -> None:
    page.goto(QUIZ_IN_PARTS)
    expect(page.locator("main")).to_contain_text("questions in 2 parts.")


def at_first_part(page: Page) -> None:
    """The first question of a quiz in parts, whose first part it begins."""
    at_start_of_parts(page)
    begin_attempt(page)
    expect(page.get_by_role("region", name="Part 1 of 2")).to_be_visible()


def at_check_of_parts(page: Page) -> None:
    at_first_part(page)
    page.goto(re.sub(r"/\d+/$", "/check/", page.url))


def at_result_of_parts(page: Page) -> None:
    at_check_of_parts(page)
    follow(page, page.get_by_role("button", name="Hand in my answers"))
    expect(page.locator(".by-part")).to_be_visible()


def at_earlier_result(number: int) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        open_quiz(page)
        follow(page, page.get_by_role("link", name=f"Attempt {number},"))

    return come


def at_certificate(page: Page) -> None:
    page.goto("/my-learning/")
    follow(page, page.locator("#earned ~ ul a").first)


def at_certificate_without_name(page: Page) -> None:
    at_certificate(page)
    button = page.get_by_role("button", name="Stop showing my name")
    if button.count():
        button.click()
        expect(page.get_by_role("status")).to_contain_text("no longer sees your name")


def at_verified(*, named: bool) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        at_certificate(page)
        button = page.get_by_role("button", name="Show my name" if named else "Stop showing my name")
        if button.count():
            button.click()
            expect(page.get_by_role("status")).to_contain_text("sees your name")
        follow(page, page.get_by_role("link", name="See what a stranger sees"))

    return come


LEARNING_STATES = [
    State("wagtail_serve", "lesson, read", "amina", at_lesson(1), "The same lesson", in_player=True),
    State("wagtail_serve", "lesson, unfolded", "amina", unfold, "The same lesson", in_player=True),
    State("wagtail_serve", "lesson, reflection saved", "amina", reflection_saved, "What went wrong", in_player=True),
    State("lesson_reflect", "saved elsewhere", "amina", reflection_refused, "What went wrong", in_player=True),
    State("lesson_reflect", "signed out", "amina", reflection_signed_out, "Not saved", in_player=True),
    State("wagtail_serve", "lesson, practice tried", "amina", practised(2), "What went wrong", in_player=True),
    State("wagtail_serve", "lesson, rated twice", "amina", practised(3), "From flight decks", in_player=True),
    State("wagtail_serve", "lesson, left in the middle", "amina", at_lesson(3), "From flight decks", in_player=True),
    State("wagtail_serve", "lesson, new", "nia", at_lesson(1), "The same lesson", in_player=True),
    State("wagtail_serve", "lesson, as staff", "beth", at_lesson(1), "The same lesson", in_player=True),
    State("wagtail_serve", "lesson, locked", "owen", at_lesson(1), "This lesson is for people on the course"),
    State("film_activity", "in its module", "bryn", at_course_film, "A second look", in_player=True),
    State("film_activity", "as staff", "beth", at_course_film, "A second look", in_player=True),
    State("film_activity", "locked", "owen", at_course_film, "This film is for people on the course"),
    State("dashboard", "half-way", "amina", at("/my-learning/"), "Hello, Amina"),
    State("dashboard", "half-way, menu open", "amina", menu_open("/my-learning/"), "Hello, Amina"),
    State("dashboard", "just booked", "bryn", at("/my-learning/"), "Hello, Bryn"),
    State("dashboard", "earned", "ceri", at("/my-learning/"), "Hello, Ceri"),
    State("dashboard", "trainer", "beth", at("/my-learning/"), "Hello, Beth"),
    State("dashboard", "lead", "lena", at("/my-learning/"), "Hello, Lena"),
    State("dashboard", "editor", "dev", at("/my-learning/"), "Hello, Dev"),
    State("dashboard", "on no course", "owen", at("/my-learning/"), "Hello, Owen"),
    State("join", "stranger", "", lambda page: page.goto(page.shared_link), "You are invited"),
    State("join", "signed in", "amina", lambda page: page.goto(page.shared_link), "You are invited"),
    State("join", "refused", "", at("/join/unknown/"), "This invitation cannot be used"),
    State("quiz_start", "earlier attempts", "ceri", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_start", "no attempt yet", "bryn", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_start", "on leave", "grace", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_question", "not answered", "nia", at_question, "", in_player=True),
    State("quiz_question", "answered and flagged", "nia", at_answered_question, "", in_player=True),
    State("quiz_question", "signed out mid-way", "nia", signed_out_while_answering, "", in_player=True),
    State("account_login", "signed out mid-way", "nia", at_sign_in_again, "Sign in"),
    State("quiz_question", "refused", "nia", at_refused_answer, "", in_player=True),
    State("quiz_check", "some open", "nia", at_check, "Check your answers", in_player=True),
    State("quiz_start", "one open", "nia", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_result", "handed in empty", "nia", at_result, "Not passed yet", in_player=True),
    State("quiz_start", "in parts", "nia", at_start_of_parts, "Module 7 quiz", in_player=True),
    State("quiz_question", "first of a part", "nia", at_first_part, "", in_player=True),
    State("quiz_check", "in parts", "nia", at_check_of_parts, "Check your answers", in_player=True),
    State("quiz_result", "in parts", "nia", at_result_of_parts, "Not passed yet", in_player=True),
    State("quiz_question", "in one’s own words", "nia", at_exercise("quiz"), "A report says", in_player=True),
    State(
        "quiz_result", "waiting for a marker", "amina", at_exercise("Attempt 1"), "Waiting for a marker", in_player=True
    ),
    State("quiz_result", "not passed", "ceri", at_earlier_result(1), "Not passed yet", in_player=True),
    State("quiz_result", "passed", "ceri", at_earlier_result(2), "You passed", in_player=True),
    State("certificate", "name shown", "ceri", at_certificate, "Ceri"),
    State("certificate", "name not shown", "ceri", at_certificate_without_name, "Ceri"),
    State("verify_code", "valid, no name", "ceri", at_verified(named=False), "This certificate is valid"),
    State("verify_code", "valid", "ceri", at_verified(named=True), "This certificate is valid"),
]
