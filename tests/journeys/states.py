"""Every page in every state, and how one comes there: what tests/journeys/test_accessibility.py walks.

An address of the site that is neither in STATES nor in EXEMPT, with its reason, fails there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.account_states import ACCOUNT_STATES, EXEMPT_ACCOUNT_PAGES
from tests.journeys.giving_states import EXEMPT_GIVING_PAGES, GIVING_STATES
from tests.journeys.leading_states import EXEMPT_LEADING_PAGES, LEADING_STATES
from tests.journeys.own_states import EXEMPT_OWN_PAGES, OWN_STATES
from tests.journeys.part_states import PART_STATES
from tests.journeys.report_states import EXEMPT_REPORT_PAGES, REPORT_STATES
from tests.journeys.steps import (
    answer,
    begin_attempt,
    follow,
    make_account,
    open_letter,
    open_quiz,
)
from tests.media.footage import is_at_hand

EXEMPT = {
    **EXEMPT_GIVING_PAGES,
    **EXEMPT_LEADING_PAGES,
    **EXEMPT_REPORT_PAGES,
    "briefing_feed": "a feed; checked in tests/briefings/test_feeds.py",
    "briefing_pdf": "a file; checked as PDF/UA in tests/briefings/test_paper.py",
    **EXEMPT_ACCOUNT_PAGES,
    "film_captions": "a text for the player; checked in tests/media/test_showing.py",
    "film_card": "a picture; decoration",
    "fact_check_captions": "a text for the player; checked in tests/publishing/test_fact_checks.py",
    "fact_check_film": "a film; what is around it is checked with its draft",
    "film_file": "a film; what is around it is checked with its page",
    "film_read": "answers POST only, and leads to the next step",
    "film_report": "answers POST only, to the page's script",
    "uploaded_picture": "a picture; its alternative text is checked with its page",
    "your_data_download": "a file; checked in tests/privacy/test_views.py",
    "certificate_name": "answers POST only, with the certificate's page",
    "certificate_pdf": "a file; checked as PDF/UA in tests/credentials/test_certificate.py",
    "lesson_place": "answers POST only, with nothing",
    "lesson_read": "answers POST only, and leads to the next step",
    "lesson_section": "leads to the lesson",
    **EXEMPT_OWN_PAGES,
    "quiz_hand_in": "answers POST only, and leads to the result",
    "quiz_how_sure": "needs a quiz that asks; walked with axe in tests/journeys/test_rules_of_attempts.py",
    "quiz_save": "answers POST only, to the page's script",
    "try_sign_in": "leads to the dashboard",
    "wagtailcore_authenticate_with_password": "no page has a password of its own",
    "wagtailcore_login": "leads to account_login",
}


@dataclass(frozen=True)
class State:
    """An address by its name, in one state: who is there, how they get there and the heading that proves it."""

    name: str
    what: str
    who: str
    come: Callable[[Page], Any]
    heading: str
    in_player: bool = False


def at(path: str) -> Callable[[Page], Any]:
    return lambda page: page.goto(path)


def pressing(path: str, button: str) -> Callable[[Page], Any]:
    """Go there and send its form as it stands."""

    def come(page: Page) -> None:
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name=button).click()
        page.locator(".error-summary").wait_for()

    return come


def at_draft(page: Page) -> None:
    page.goto(page.draft_link)


def at_draft_without_answer(page: Page) -> None:
    at_draft(page)
    page.get_by_role("button", name="Send my answer").click()
    page.locator(".error-summary").wait_for()


def at_module(page: Page) -> None:
    page.goto("/foundation/")
    follow(page, page.locator(".cards a").first)


def at_lesson(number: int) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        at_module(page)
        follow(page, page.locator("main ol a").nth(number - 1))

    return come


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
    at_lesson(2)(page)
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


def word_opened(page: Page) -> None:
    page.goto("/briefings/past-review/")
    page.locator("button.term").first.click()
    page.locator(".meaning:popover-open").wait_for()


def all_unfolded(path: str) -> Callable[[Page], Any]:
    def come(page: Page) -> None:
        page.goto(path)
        for summary in page.locator("main summary:visible").all():
            summary.click()

    return come


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


def at_confirmation(page: Page) -> None:
    page.goto("/account/signup/")
    make_account(page, email="unconfirmed@example.org")
    open_letter(page, "unconfirmed@example.org", "/confirm-email/")


def at_signup_sent(page: Page) -> None:
    page.goto("/account/signup/")
    make_account(page, email="another@example.org")


def at_new_password(page: Page) -> None:
    page.goto("/account/password/reset/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill("nia@example.org")
    follow(page, page.get_by_role("main").get_by_role("button"))
    open_letter(page, "nia@example.org", "/password/reset/key/")


def at_many_checks(page: Page) -> None:
    for _check in range(61):
        page.request.get("/verify/NONE/")
    page.goto("/verify/NONE/")


def rating(*chosen: int | None) -> Callable[[Page], Any]:
    """Try the decision, rating it so; None leaves a rating out."""

    def come(page: Page) -> None:
        page.goto("/ninety-seconds/")
        for number in chosen:
            if number is not None:
                page.get_by_role("radio", name=str(number), exact=True).check()
            with page.expect_navigation():  # the address stays the same from the second step on
                page.get_by_role("main").get_by_role("button").click()

    return come


def at_letter(page: Page) -> None:
    page.goto("/try/mail/")
    follow(page, page.get_by_role("link", name="See it as a mail program shows it").last)


def at_stopped_form(page: Page) -> None:
    page.goto("/account/signup/")
    page.context.clear_cookies()
    page.get_by_role("main").get_by_role("button", name="Create my account").click()


def at_film(*, suffix: str = "") -> Callable[[Page], Any]:
    """A film browsers play, loaded by the fixture `films`."""

    def come(page: Page) -> None:
        page.goto(f"/films/second-look/{suffix}")

    return come


def menu_open(path: str) -> Callable[[Page], Any]:
    """The menu of a narrow window, unfolded."""

    def come(page: Page) -> None:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(path)
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Close").wait_for()

    return come


def at_course_film(page: Page) -> None:
    page.goto(page.course_film)


def at_playing_film(page: Page) -> None:
    """Playing at its second chapter, captions shown, keys unfolded, words searched for."""
    if not is_at_hand():
        pytest.skip("the shared material is not on this machine, and no film plays without it")
    page.goto("/films/second-look/?t=21")
    page.get_by_role("button", name="Captions").click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.locator(".keys summary").click()
    page.get_by_role("searchbox").fill("kettle")


STATES = [
    *(State(*state) for state in (*ACCOUNT_STATES, *GIVING_STATES, *LEADING_STATES)),
    *(State(*state) for state in (*REPORT_STATES, *OWN_STATES)),
    State("wagtail_serve", "front page", "", at("/"), "Not who went wrong"),
    State("wagtail_serve", "front page in Welsh", "", at("/cy/"), ""),
    State("wagtail_serve", "front page, signed in", "amina", at("/"), "Not who went wrong"),
    State("wagtail_serve", "front page, menu open", "", menu_open("/"), "Not who went wrong"),
    State("wagtail_serve", "course", "", at("/foundation/"), "Learning Together"),
    State("wagtail_serve", "module", "", at_module, "Why case reviews needed another way"),
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
    State("wagtail_serve", "shelf of briefings", "", at("/briefings/"), "At a Glance"),
    State("wagtail_serve", "shelf of briefings, narrowed", "", at("/briefings/?audience=boards"), "At a Glance"),
    State("wagtail_serve", "shelf of briefings, nothing left", "", at("/briefings/?topic=law"), "At a Glance"),
    State("wagtail_serve", "briefing", "", all_unfolded("/briefings/thirteen-hundred/"), "Handovers in thirteen"),
    State("wagtail_serve", "briefing, replaced", "", at("/briefings/handovers/"), "What a handover carries"),
    State("wagtail_serve", "briefing, past its review", "", at("/briefings/past-review/"), "Handovers at the weekend"),
    State("wagtail_serve", "briefing, a word opened", "", word_opened, "Handovers at the weekend"),
    State(
        "wagtail_serve", "briefing, as editor", "dev", at("/briefings/handovers-again/"), "Handovers, looked at again"
    ),
    State("wagtail_serve", "shelf of stories", "", at("/stories/"), "Good practice"),
    State("wagtail_serve", "story", "", at("/stories/the-second-call/"), "The second call"),
    State("wagtail_serve", "shelf of reports", "", at("/reports/"), "Reports"),
    State("wagtail_serve", "report", "", all_unfolded("/reports/a-short-sample/"), "A short sample"),
    State("wagtail_serve", "resources on the model", "", all_unfolded("/resources/"), "Resources on the model"),
    State("wagtail_serve", "for directors", "", at("/for-directors/"), "For directors and boards"),
    State("wagtail_serve", "nothing there", "", at("/no-such-page/"), ""),
    State("wagtail_serve", "films", "", at("/films/"), "Watch it happen"),
    State("wagtail_serve", "films, narrowed to none", "", at("/films/?topic=families"), "Watch it happen"),
    State("wagtail_serve", "films in Welsh", "", at("/cy/films/"), "Gwyliwch"),
    State("wagtail_serve", "films, one left half-way", "ceri", at("/films/"), "Watch it happen"),
    State("wagtail_serve", "film", "", at_film(), "A second look", in_player=True),
    State("wagtail_serve", "film at a moment", "", at_film(suffix="?t=21"), "A second look", in_player=True),
    State("wagtail_serve", "film, words not found", "", at_film(suffix="?q=giraffe"), "A second look", in_player=True),
    State("wagtail_serve", "film, playing", "amina", at_playing_film, "A second look", in_player=True),
    State("wagtail_serve", "film of another host", "", at("/films/elsewhere/"), "A talk elsewhere", in_player=True),
    State("film_activity", "in its module", "bryn", at_course_film, "A second look", in_player=True),
    State("film_activity", "as staff", "beth", at_course_film, "A second look", in_player=True),
    State("film_activity", "locked", "owen", at_course_film, "This film is for people on the course"),
    State("wagtail_serve", "privacy", "", at("/privacy/"), "Privacy"),
    State("wagtail_serve", "cookies", "", at("/cookies/"), "Cookies"),
    State("wagtail_serve", "accessibility statement", "", at("/accessibility/"), "Accessibility statement"),
    State("wagtail_serve", "contact", "", at("/contact/"), "Contact"),
    State("wagtail_serve", "report a concern", "", at("/report-a-concern/"), "Report a concern"),
    State("fact_check", "open", "", at_draft, "What went wrong"),
    State("fact_check", "refused", "", at_draft_without_answer, "What went wrong"),
    State("concern_send", "refused", "", pressing("/report-a-concern/", "Send it"), "Report a concern"),
    State("concern_sent", "told", "", at("/report-a-concern/sent/"), "Your concern is on its way"),
    State("your_data", "of a learner", "ceri", at("/your-data/"), "Your data"),
    State("your_data_correct", "as it is", "amina", at("/your-data/correct/"), "Correct my details"),
    State("your_data_close", "asked", "nia", at("/your-data/close/"), "Close my account"),
    State("your_data_close", "refused", "amina", pressing("/your-data/close/", "Close my account"), "Close my account"),
    State("account_closed", "closed", "", at("/account-closed/"), "Your account is closed"),
    State("account_closed", "erased", "", at("/account-erased/"), "Your data is erased"),
    State("account_login", "empty", "", at("/account/login/"), "Sign in"),
    State("account_login", "refused", "", pressing("/account/login/", "Sign in"), "Sign in"),
    State("account_logout", "asked", "amina", at("/account/logout/"), "Sign out of this device"),
    State("account_inactive", "told", "", at("/account/inactive/"), ""),
    State("account_signup", "empty", "", at("/account/signup/"), "Create an account"),
    State("account_signup", "refused", "", pressing("/account/signup/", "Create my account"), "Create an account"),
    State("account_signup", "stopped as a forgery", "", at_stopped_form, "That was not sent"),
    State("account_reauthenticate", "asked", "nia", at("/account/reauthenticate/"), ""),
    State("account_email", "one address", "amina", at("/account/email/"), "Your email address"),
    State("account_email", "refused", "amina", pressing("/account/email/", "Add this address"), "Your email address"),
    State("account_email_verification_sent", "told", "", at_signup_sent, "Check your email"),
    State("account_confirm_email", "asked", "", at_confirmation, "Confirm your email address"),
    State("account_confirm_email", "too old", "", at("/account/confirm-email/x/"), "This link no longer works"),
    State("account_change_password", "empty", "nia", at("/account/password/change/"), ""),
    State("account_set_password", "empty", "amina", at("/account/password/set/"), ""),
    State("account_reset_password", "empty", "", at("/account/password/reset/"), ""),
    State("account_reset_password_done", "told", "", at("/account/password/reset/done/"), ""),
    State("account_reset_password_from_key", "asked", "", at_new_password, ""),
    State("account_reset_password_from_key", "too old", "", at("/account/password/reset/key/1-x/"), ""),
    State("account_reset_password_from_key_done", "told", "", at("/account/password/reset/key/done/"), ""),
    State("dashboard", "half-way", "amina", at("/my-learning/"), "Hello, Amina"),
    State("dashboard", "half-way, menu open", "amina", menu_open("/my-learning/"), "Hello, Amina"),
    State("dashboard", "just booked", "bryn", at("/my-learning/"), "Hello, Bryn"),
    State("dashboard", "earned", "ceri", at("/my-learning/"), "Hello, Ceri"),
    State("dashboard", "trainer", "beth", at("/my-learning/"), "Hello, Beth"),
    State("dashboard", "lead", "lena", at("/my-learning/"), "Hello, Lena"),
    State("dashboard", "editor", "dev", at("/my-learning/"), "Hello, Dev"),
    State("dashboard", "on no course", "owen", at("/my-learning/"), "Hello, Owen"),
    State("briefing", "withdrawn", "", at("/briefings/93/"), "Briefing 93 is no longer published"),
    State("briefing_team_pack", "for a meeting", "", at("/briefings/96/team/"), "Handovers in thirteen"),
    State("glossary", "from A to Z", "", at("/glossary/"), "What the words mean here"),
    State("glossary", "in Welsh", "", at("/cy/glossary/"), ""),
    State("glossary_term", "a word", "", at("/glossary/sample-handover/"), "Handover"),
    State("glossary_term", "a word not in Welsh yet", "", at("/cy/glossary/sample-handover/"), "Handover"),
    State("reading", "unfolded", "", all_unfolded("/reading/"), "What we read"),
    State("join", "stranger", "", lambda page: page.goto(page.shared_link), "You are invited"),
    State("join", "signed in", "amina", lambda page: page.goto(page.shared_link), "You are invited"),
    State("join", "refused", "", at("/join/unknown/"), "This invitation cannot be used"),
    State("quiz_start", "earlier attempts", "ceri", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_start", "no attempt yet", "bryn", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_question", "not answered", "nia", at_question, "", in_player=True),
    State("quiz_question", "answered and flagged", "nia", at_answered_question, "", in_player=True),
    State("quiz_question", "signed out mid-way", "nia", signed_out_while_answering, "", in_player=True),
    State("account_login", "signed out mid-way", "nia", at_sign_in_again, "Sign in"),
    State("quiz_question", "refused", "nia", at_refused_answer, "", in_player=True),
    State("quiz_check", "some open", "nia", at_check, "Check your answers", in_player=True),
    State("quiz_start", "one open", "nia", open_quiz, "Module 1 quiz", in_player=True),
    State("quiz_result", "handed in empty", "nia", at_result, "Not passed yet", in_player=True),
    *(State(*state, in_player=True) for state in PART_STATES),
    State("quiz_question", "in one’s own words", "nia", at_exercise("quiz"), "A report says", in_player=True),
    State(
        "quiz_result", "waiting for a marker", "amina", at_exercise("Attempt 1"), "Waiting for a marker", in_player=True
    ),
    State("quiz_result", "not passed", "ceri", at_earlier_result(1), "Not passed yet", in_player=True),
    State("quiz_result", "passed", "ceri", at_earlier_result(2), "You passed", in_player=True),
    State("certificate", "name shown", "ceri", at_certificate, "Ceri"),
    State("certificate", "name not shown", "ceri", at_certificate_without_name, "Ceri"),
    State("verify", "empty", "", at("/verify/"), "Check a certificate"),
    State("verify", "refused", "", at("/verify/?code="), "Check a certificate"),
    State("verify_code", "valid, no name", "ceri", at_verified(named=False), "This certificate is valid"),
    State("verify_code", "valid", "ceri", at_verified(named=True), "This certificate is valid"),
    State("verify_code", "unknown", "", at("/verify/0000-0000-0000-0000-0000/"), "No certificate has this code"),
    State("wagtail_serve", "a decision to rate", "", at("/ninety-seconds/"), "Rate one decision, twice"),
    State("ninety_seconds", "refused", "", rating(None), "Rate one decision, twice"),
    State("ninety_seconds", "the ending", "", rating(7), "How it ended"),
    State("ninety_seconds", "the ending, refused", "", rating(7, None), "How it ended"),
    State("ninety_seconds", "a shift", "", rating(7, 3), "You moved from 7 down to 3"),
    State("ninety_seconds", "no shift", "", rating(5, 5), "You stayed at 5"),
    State("search", "not asked yet", "", at("/search/"), "Find a word"),
    State("search", "refused", "", at("/search/?q=the"), "Find a word"),
    State("search", "answers", "", at("/search/?q=hindsight"), "answers for"),
    State("search", "answers for a learner", "amina", at("/search/?q=same+lesson"), "answers for"),
    State("search", "one kind", "", at("/search/?q=review&kind=term"), "answers for"),
    State("search", "a moment of a film", "", at("/search/?q=red+bus"), "for"),
    State("search", "a slip mended", "", at("/search/?q=chronolgy"), "for"),
    State("search", "nothing found", "", at("/search/?q=giraffe"), "No answer for"),
    State("search", "nothing of this kind", "", at("/search/?q=hindsight&kind=report"), ""),
    State("try", "cast", "", at("/try/"), "Try the site"),
    State("try_letter", "a letter", "", at_letter, "You are invited"),
    State("try_components", "every component", "", at("/try/components/"), "Every component in every state"),
    State("try_mail", "letters", "", at("/try/mail/"), "Mail sent"),
    State("verify_code", "too many", "", at_many_checks, "Too many checks at once"),
]
