"""Where the pages of the gallery are: each page type in its richest state, empty, and with an error where it has them.

Each is in the role that uses it. `PAGES` says who looks, and how they come there by what they see on the page.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page

Come = Callable[[Page], object]


def at(path: str) -> Come:
    return lambda page: page.goto(path)


def at_module(page: Page) -> None:
    page.goto("/foundation/")
    page.locator(".cards a").first.click()


def at_lesson(number: int) -> Come:
    def come(page: Page) -> None:
        at_module(page)
        page.locator("main ol a").nth(number - 1).click()

    return come


def at_quiz(page: Page) -> None:
    at_lesson(1)(page)
    page.get_by_role("navigation", name="Module outline").get_by_role("link", name="Quiz,").click()


def at_question(page: Page) -> None:
    """A question with choices, answered; the one before it is not."""
    at_quiz(page)
    page.get_by_role("button", name=re.compile("Start the quiz|Carry on")).click()
    for _question in range(7):
        page.get_by_role("button", name="Save and continue").click()
        if page.locator("label.opt").count() > 3:
            break
    page.locator("label.opt").nth(2).click()
    page.locator("[data-save-status]", has_text="Saved").wait_for()


def at_check(page: Page) -> None:
    at_quiz(page)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_role("button", name="Save and see all answers").click()


def at_result(number: int) -> Come:
    def come(page: Page) -> None:
        at_quiz(page)
        page.get_by_role("link", name=f"Attempt {number},").click()

    return come


def at_certificate(page: Page) -> None:
    page.goto("/my-learning/")
    page.locator("#earned ~ ul a").first.click()


def at_verify(page: Page) -> None:
    at_certificate(page)
    page.get_by_role("link", name="See what a stranger sees").click()


def led_from_my_learning(*names: str) -> Come:
    """Where the first card of a lead or a funder's reader leads, and from there by a name in the table."""

    def come(page: Page) -> None:
        page.goto("/my-learning/")
        page.locator("main .card h3 a").first.click()
        for name in names:
            page.locator("table tbody th a", has_text=name).first.click()

    return come


def at_board(page: Page) -> None:
    page.goto("/my-learning/")
    link = page.get_by_role("link", name="Invitations").first.get_attribute("href") or ""
    page.goto(link.replace("invitations/", ""))


def pressing(path: str, button: str) -> Come:
    """A form sent as it stands, which says what is missing."""

    def come(page: Page) -> None:
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name=button).click()
        page.locator(".error-summary").wait_for()

    return come


def rating(*chosen: int) -> Come:
    def come(page: Page) -> None:
        page.goto("/ninety-seconds/")
        for number in chosen:
            page.get_by_role("radio", name=str(number), exact=True).check()
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("button").click()

    return come


def unfolded(path: str) -> Come:
    """A page with everything on it that opens."""

    def come(page: Page) -> None:
        page.goto(path)
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")

    return come


def at_story(page: Page) -> None:
    page.goto("/stories/")
    page.locator("main .cards a, main li a").first.click()


def at_letter(page: Page) -> None:
    page.goto("/try/mail/")
    page.get_by_role("link", name="See it as a mail program shows it").first.click()


def at_invitation(page: Page) -> None:
    page.goto("/try/mail/")
    page.locator('a[href*="/join/"]').first.click()


def from_board(*names: str) -> Come:
    """From the board of a trainer's first cohort on, by a link for each name."""

    def come(page: Page) -> None:
        at_board(page)
        for name in names:
            page.get_by_role("main").get_by_role("link", name=re.compile(f"^{name}")).first.click()

    return come


def at_mark(page: Page) -> None:
    """The first response of the queue, beside its rubric."""
    from_board("Marking")(page)
    page.locator("tbody th a").first.click()


PAGES: dict[str, tuple[str, Come]] = {
    "home": ("", at("/")),
    "home-signed-in": ("amina", at("/")),
    "home-welsh": ("", at("/cy/")),
    "try-decision": ("", at("/ninety-seconds/")),
    "try-refused": ("", pressing("/ninety-seconds/", "Then tell me")),
    "try-ending": ("", rating(7)),
    "try-shift": ("", rating(7, 3)),
    "course": ("", at("/foundation/")),
    "module": ("", at_module),
    "lesson": ("amina", at_lesson(2)),
    "lesson-left": ("amina", at_lesson(3)),
    "lesson-locked": ("lena", at_lesson(1)),
    "films": ("", at("/films/")),
    "films-none": ("", at("/films/?topic=law")),
    "film": ("", at("/films/why-did-it-make-sense/")),
    "film-moment": ("", at("/films/why-did-it-make-sense/?t=60")),
    "film-words-not-found": ("", at("/films/why-did-it-make-sense/?q=giraffe")),
    "briefings": ("", at("/briefings/")),
    "briefings-none": ("", at("/briefings/?topic=law")),
    "briefing": ("", unfolded("/briefings/systems-approach/")),
    "stories": ("", at("/stories/")),
    "story": ("", at_story),
    "reports": ("", at("/reports/")),
    "report": ("", at("/reports/guide-to-the-model/")),
    "resources": ("", at("/resources/")),
    "for-directors": ("", at("/for-directors/")),
    "glossary": ("", at("/glossary/")),
    "term": ("", at("/glossary/hindsight-bias/")),
    "reading": ("", unfolded("/reading/")),
    "search": ("", at("/search/")),
    "search-answers": ("amina", at("/search/?q=hindsight")),
    "search-none": ("", at("/search/?q=giraffe")),
    "search-refused": ("", at("/search/?q=the")),
    "quiz": ("bryn", at_quiz),
    "question": ("bryn", at_question),
    "check": ("bryn", at_check),
    "result-not-passed": ("ceri", at_result(1)),
    "result-passed": ("ceri", at_result(2)),
    "dashboard-booked": ("fiona", at("/my-learning/")),
    "dashboard-half-way": ("amina", at("/my-learning/")),
    "dashboard-earned": ("ceri", at("/my-learning/")),
    "dashboard-trainer": ("beth", at("/my-learning/")),
    "dashboard-no-learners": ("carol", at("/my-learning/")),
    "dashboard-lead": ("lena", at("/my-learning/")),
    "people": ("lena", led_from_my_learning()),
    "person": ("lena", led_from_my_learning("Amina Farrow")),
    "funder": ("farah", led_from_my_learning()),
    "board": ("beth", at_board),
    "board-stuck": ("beth", from_board("Needs you")),
    "board-empty": ("carol", at_board),
    "learner": ("beth", from_board("Joan Pettifer")),
    "marking": ("beth", from_board("Marking")),
    "mark": ("beth", at_mark),
    "report-completion": ("beth", from_board("Reports")),
    "report-outcomes": ("beth", from_board("Reports", "Results by")),
    "desk": ("dev", at("/admin/")),
    "certificate": ("ceri", at_certificate),
    "verify": ("", at("/verify/")),
    "verify-valid": ("ceri", at_verify),
    "verify-unknown": ("", at("/verify/0000-0000-0000-0000-0000/")),
    "sign-in": ("", at("/account/login/")),
    "sign-in-refused": ("", pressing("/account/login/", "Sign in")),
    "sign-up": ("", at("/account/signup/")),
    "sign-up-refused": ("", pressing("/account/signup/", "Create my account")),
    "join": ("", at_invitation),
    "join-refused": ("", at("/join/unknown/")),
    "your-data": ("ceri", at("/your-data/")),
    "correct": ("amina", at("/your-data/correct/")),
    "close": ("amina", at("/your-data/close/")),
    "closed": ("", at("/account-erased/")),
    "privacy": ("", at("/privacy/")),
    "accessibility": ("", at("/accessibility/")),
    "concern": ("", at("/report-a-concern/")),
    "concern-refused": ("", pressing("/report-a-concern/", "Send it")),
    "not-found": ("", at("/nothing-here/")),
    "letter": ("", at_letter),
    "components": ("", at("/try/components/")),
}
