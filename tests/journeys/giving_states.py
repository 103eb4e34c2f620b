"""The pages of invitations and requests in every state: part of what tests/journeys/test_accessibility.py walks."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.journeys.steps import follow
from tests.journeys.ways import State

EXEMPT_GIVING_PAGES = {
    "cohort_board_file": "a file; its columns are checked in tests/training/board/test_pages.py",
    "organisation_request_answer": "answers POST only, with the requests",
    "cohort_request_answer": "answers POST only, with the requests",
    "place_request_withdraw": "answers POST only, and leads to My learning",
    "cohort_grant": "answers POST only, and leads to the learner's page",
    "live_activity": "leads to the learner's live sessions",
    "live_calendar": "a file; checked in tests/enrolments/test_calendar_files.py",
    "cohort_grant_back": "answers POST only, and leads to the learner's page",
}
MAKE_ASKING_LINK = """
from datetime import timedelta
from django.utils import timezone
from enrolments.invitations import invite
from enrolments.models import Cohort
from people.models import Organisation
cohort, council = Cohort.objects.get(name="{cohort}"), Organisation.objects.get(name="Larchmere Council")
now = timezone.now()
_made, token = invite(
    cohort, organisation=council, expires_at=now + timedelta(days=9), at=now, max_uses=9, asks_first=True
)
invite(cohort, organisation=council, expires_at=now + timedelta(days=9), at=now, email="dev@example.org")
print("/join/" + token + "/")
"""

SEND_OUT = """
from django.utils import timezone
from courses.models import LessonPage
from people.models import User
from publishing.fact_checks import address_of, ask, last_day
lesson, now = LessonPage.objects.filter(language="en").order_by("path")[1], timezone.now()
lesson.save_revision()
lesson.refresh_from_db()
dev = User.objects.get(email="dev@example.org")
check = ask(lesson, reader="Hâf Lewis", question="Are the names right?", open_until=last_day(now), by=dev, at=now)
print(address_of(check))
"""


def led(rest: str, *, press: str = "") -> Callable[[Page], Any]:
    """A page of Lena's organisation; with `press`, what that button of its form leads to."""

    def come(page: Page) -> None:
        page.goto(f"/organisation/{page.council}/{rest}")
        if press:
            page.get_by_role("main").get_by_role("button", name=press).first.click()
            page.wait_for_load_state()

    return come


def trained(rest: str, *, press: str = "") -> Callable[[Page], Any]:
    """The same of the cohort that Beth trains."""

    def come(page: Page) -> None:
        page.goto("/my-learning/")
        page.goto(
            page.get_by_role("link", name="Invitations").first.get_attribute("href").replace("invitations/", rest)
        )
        if press:
            page.get_by_role("main").get_by_role("button", name=press).first.click()
            page.wait_for_load_state()

    return come


def at_session(words: str, then: str = "") -> Callable[[Page], Any]:
    """What a link of the first session leads to that has it, and from there another link."""

    def come(page: Page) -> None:
        trained("live/")(page)
        follow(page, page.get_by_role("main").get_by_role("link", name=re.compile(f"^{words}")).first)
        if then:
            follow(page, page.get_by_role("link", name=then))

    return come


def at_taken_register(page: Page) -> None:
    """That of the first live day."""
    trained("live/")(page)
    follow(page, page.get_by_role("link", name=re.compile("^Register.*Live day 1")))


def at_refused_plan(page: Page) -> None:
    """A day of another century."""
    trained("plan/")(page)
    page.locator("input[type=date]").first.fill("1926-11-27")
    page.get_by_role("button", name="Save the dates").click()
    page.locator(".error-summary").wait_for()


def at_own_sessions(page: Page) -> None:
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name="All your live sessions"))


def at_learner(name: str, attempt: str = "") -> Callable[[Page], Any]:
    """The page of one learner of Beth's, from the board; or one of their attempts."""

    def come(page: Page) -> None:
        trained("")(page)
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        if attempt:
            page.get_by_role("link", name=attempt).first.click()
            page.wait_for_load_state()

    return come


def at_supervised(*links: str) -> Callable[[Page], Any]:
    """What these links lead to, one after another, from the list of those Ruth supervises."""

    def come(page: Page) -> None:
        page.goto("/supervising/")
        for words in links:
            follow(page, page.get_by_role("main").get_by_role("link", name=words).first)

    return come


def moving(name: str, words: str, press: str = "") -> Callable[[Page], Any]:
    """What a move of one learner asks; with `press`, what that button says to a form left empty."""

    def come(page: Page) -> None:
        at_learner(name)(page)
        follow(page, page.get_by_role("link", name=words))
        if press:
            page.get_by_role("button", name=press).click()

    return come


def at_certificate(act: str = "", *, press: bool = False) -> Callable[[Page], Any]:
    """Ceri's certificate as her trainer sees it; one of the acts; with `press`, its form left empty."""

    def come(page: Page) -> None:
        at_learner("Ceri Tŷ Gwyn")(page)
        follow(page, page.locator("section[aria-labelledby=certificates] h3 a").first)
        if act:
            follow(page, page.get_by_role("main").get_by_role("link", name=act))
        if press:
            page.get_by_role("main").get_by_role("button", name=act).click()
            page.locator(".error-summary").wait_for()

    return come


def at_marking(press: str = "") -> Callable[[Page], Any]:
    """What Kwame wrote, before it is marked; with `press`, what that button says to a form left empty."""

    def come(page: Page) -> None:
        trained("marking/?by=learner")(page)
        follow(page, page.locator("tr", has_text="Kwame Boateng").get_by_role("link"))
        if press:
            page.get_by_role("button", name=press).click()
            page.locator(".error-summary").wait_for()

    return come


def at_assessing(press: str = "") -> Callable[[Page], Any]:
    """The same as an assessor, who has no cohort."""

    def come(page: Page) -> None:
        page.goto("/assessing/")
        follow(page, page.locator("tr", has_text="Kwame Boateng").get_by_role("link"))
        if press:
            page.get_by_role("button", name=press).click()
            page.locator(".error-summary").wait_for()

    return come


def withdrawing(come: Callable[[Page], Any]) -> Callable[[Page], Any]:
    """What withdrawing the first invitation of a list asks."""

    def on(page: Page) -> None:
        come(page)
        if not page.get_by_role("link", name="Withdraw").count():
            page.goto(page.url + "link/")
            page.get_by_role("button", name="Make the link").click()
            page.get_by_role("heading", name="Take the link now").wait_for()
            come(page)
        follow(page, page.get_by_role("link", name="Withdraw").first)

    return on


def sending_again(come: Callable[[Page], Any]) -> Callable[[Page], Any]:
    """What sending the first letter of a list again asks."""

    def on(page: Page) -> None:
        come(page)
        if not page.get_by_role("link", name="Send the e-mail again").count():
            page.goto(page.url + "letter/")
            page.get_by_label("E-mail address").fill("nia.lost@example.org")
            page.get_by_label("Name").fill("Nia Lost")
            page.get_by_role("button", name="Send the e-mail").click()
            page.wait_for_url("**/invitations/")
        follow(page, page.get_by_role("link", name="Send the e-mail again").first)

    return on


def at_asking_link(page: Page) -> None:
    """A link that asks first, opened by somebody who has not asked yet."""
    page.goto(page.asking_link)
    if page.get_by_role("button", name="Ask no more").count():
        page.get_by_role("button", name="Ask no more").click()
        page.wait_for_url("**/my-learning/")
        page.goto(page.asking_link)


def at_my_learning(page: Page) -> None:
    page.goto("/my-learning/")
    page.get_by_role("heading", name="A place is kept for you").wait_for()


def at_waiting_invitation(page: Page) -> None:
    """What My learning leads to where somebody was written to and is signed in."""
    at_my_learning(page)
    follow(page, page.get_by_role("link", name="Look at the invitation"))


def asked(path: str = "") -> Callable[[Page], Any]:
    """Somebody asked by it, and looks at a page or at the link again."""

    def come(page: Page) -> None:
        at_asking_link(page)
        page.get_by_role("button", name="Ask for a place").click()
        page.wait_for_url("**/my-learning/")
        page.goto(path or page.asking_link)

    return come


GIVING_STATES = [
    State("join", "asks first", "owen", at_asking_link, "Ask for a place in"),
    State("dashboard", "a place is kept", "dev", at_my_learning, "Hello, Dev"),
    State("invitation", "waiting", "dev", at_waiting_invitation, "You are invited to"),
    State("dashboard", "asked for a place", "owen", asked("/my-learning/"), "Hello, Owen"),
    State("join", "asked already", "owen", asked(), "Ask for a place in"),
    State("organisation_people", "of a lead", "lena", led(""), "Your people"),
    State("organisation_invitations", "some open", "lena", led("invitations/"), "Who may come in"),
    State("organisation_invitation_link", "empty", "lena", led("invitations/link/"), "A link for several people"),
    State(
        "organisation_invitation_link",
        "made, shown once",
        "lena",
        led("invitations/link/", press="Make the link"),
        "Take the link now",
    ),
    State(
        "organisation_invitation_letter", "empty", "lena", led("invitations/letter/"), "An invitation for one person"
    ),
    State(
        "organisation_invitation_letter",
        "refused",
        "lena",
        led("invitations/letter/", press="Send the e-mail"),
        "An invitation for one person",
    ),
    State(
        "organisation_invitation_withdraw",
        "asked",
        "lena",
        withdrawing(led("invitations/")),
        "Withdraw this invitation?",
    ),
    State(
        "organisation_invitation_again",
        "asked",
        "lena",
        sending_again(led("invitations/")),
        "Send the e-mail again?",
    ),
    State("organisation_requests", "one waits", "lena", led("requests/"), "a place"),
    State("cohort_board", "some need the trainer", "beth", trained(""), "need you today"),
    State("cohort_board", "nobody of that name", "beth", trained("?q=giraffe"), "need you today"),
    State("cohort_write", "whoever needs the trainer", "beth", trained("write/?show=in-need"), "Write to trainees"),
    State(
        "cohort_write",
        "what each gets",
        "beth",
        trained("write/?show=in-need", press="See what each gets"),
        "What each gets",
    ),
    State("cohort_board", "against its plan", "beth", trained("#against"), "need you today"),
    State("cohort_plan", "suggested", "beth", trained("plan/"), "Planned dates"),
    State("cohort_plan", "refused", "beth", at_refused_plan, "Planned dates"),
    State("cohort_live", "some to come, some past", "beth", trained("live/"), "Live sessions"),
    State("cohort_live_add", "empty", "beth", trained("live/add/"), "Plan a session"),
    State("cohort_live_add", "refused", "beth", trained("live/add/", press="Plan it"), "Plan a session"),
    State("cohort_live_session", "as planned", "beth", at_session("Change"), "Change a session"),
    State("cohort_live_cancel", "asked", "beth", at_session("Change", "Cancel this session"), "Cancel this session?"),
    State("cohort_register", "not taken", "beth", at_session("Register"), "Register:"),
    State("cohort_register", "taken", "beth", at_taken_register, "Register:"),
    State("cohort_session_plan", "all steps", "beth", at_session("Session plan"), "Live day"),
    State("cohort_session_plan", "one step", "beth", at_session("Session plan", "Step through it"), "Welcome"),
    State("live_sessions", "a learner's own", "amina", at_own_sessions, "Your live sessions"),
    State("cohort_learner", "with attempts", "beth", at_learner("Joan Pettifer"), "Joan Pettifer"),
    State(
        "cohort_attempt", "not passed", "beth", at_learner("Joan Pettifer", "Attempt 1"), "Attempt 1 of Joan Pettifer"
    ),
    State("cohort_leave", "asked", "beth", moving("Joan Pettifer", "Put on leave"), "Put Joan Pettifer on leave?"),
    State("cohort_back", "asked", "beth", moving("Grace Oduya", "Back from leave"), "Is Grace Oduya back from leave?"),
    State(
        "cohort_end", "asked", "beth", moving("Joan Pettifer", "Ends the course"), "End the course of Joan Pettifer?"
    ),
    State(
        "cohort_end",
        "no reason given",
        "beth",
        moving("Joan Pettifer", "Ends the course", "Yes, end their course"),
        "End the course of Joan Pettifer?",
    ),
    State("cohort_certificate", "it stands", "beth", at_certificate(), "the certificate of Ceri Tŷ Gwyn"),
    State("cohort_certificate_change", "suspending", "beth", at_certificate("Suspend it"), "Suspend this certificate?"),
    State(
        "cohort_certificate_change",
        "refused",
        "beth",
        at_certificate("Ask for it to be revoked", press=True),
        "Ask for this certificate to be revoked?",
    ),
    State("cohort_marking", "some wait", "beth", trained("marking/"), "wait"),
    State("dashboard", "of a supervisor", "ruth", lambda page: page.goto("/my-learning/"), "Hello, Ruth"),
    State("supervising", "two people", "ruth", lambda page: page.goto("/supervising/"), "People you supervise"),
    State("supervising_learner", "with attempts", "ruth", at_supervised("Joan Pettifer"), "Joan Pettifer"),
    State(
        "supervising_attempt",
        "not passed",
        "ruth",
        at_supervised("Joan Pettifer", "Attempt 1"),
        "Attempt 1 of Joan Pettifer",
    ),
    State("assessing", "some wait", "asha", lambda page: page.goto("/assessing/"), "wait"),
    State("assessing_mark", "to be marked", "asha", at_assessing(), "Kwame Boateng"),
    State(
        "assessing_mark", "levels missing", "asha", at_assessing("Save the score and go to the next"), "Kwame Boateng"
    ),
    State("cohort_mark", "to be marked", "beth", at_marking(), "Kwame Boateng"),
    State("cohort_mark", "levels missing", "beth", at_marking("Save the score and go to the next"), "Kwame Boateng"),
    State("cohort_invitations", "of a trainer", "beth", trained("invitations/"), "Who may come in"),
    State("cohort_invitation_link", "empty", "beth", trained("invitations/link/"), "A link for several people"),
    State("cohort_invitation_letter", "empty", "beth", trained("invitations/letter/"), "An invitation for one person"),
    State(
        "cohort_invitation_withdraw", "asked", "beth", withdrawing(trained("invitations/")), "Withdraw this invitation?"
    ),
    State("cohort_invitation_again", "asked", "beth", sending_again(trained("invitations/")), "Send the e-mail again?"),
    State("cohort_requests", "of a trainer", "beth", trained("requests/"), "a place"),
]
