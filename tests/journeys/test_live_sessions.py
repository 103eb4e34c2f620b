"""A live day from its planning to the register on a phone: the learner has it in the calendar, and it counts."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Manage, Visitor
from tests.journeys.steps import follow, letters_to

pytestmark = [pytest.mark.browser, pytest.mark.once]

PHONE = {"width": 360, "height": 740}
TITLE, OTHER = "An extra day together", "A day that falls through"
SMALLEST_TARGET = 44
TIDY = """
from enrolments.models import Attendance, LiveSession
from enrolments.progress import rebuild
from enrolments.models import Enrolment
ours = LiveSession.objects.filter(title__in=["{title}", "{other}"])
Attendance.objects.filter(session__in=ours).delete()
ours.delete()
for run in Enrolment.objects.all():
    rebuild(run)
"""


@pytest.fixture
def days(manage: Manage) -> tuple[str, str]:
    """Today and a day far ahead, by the site's clock."""
    code = "from django.utils.timezone import localdate; from datetime import timedelta; "
    code += "print('day', localdate(), localdate() + timedelta(days=40))"
    found = manage("shell", "-v", "0", "-c", code).split("day ")[-1].split()
    return found[0], found[1]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_day_is_planned_put_in_a_calendar_registered_on_a_phone_and_counts(
    visitor: Visitor, manage: Manage, days: tuple[str, str], scripts: bool
) -> None:
    trainer = visitor(viewport=PHONE, java_script_enabled=scripts)
    learner = visitor(viewport=PHONE, java_script_enabled=scripts, accept_downloads=True)
    try:
        _live_through(trainer, learner, days)
    finally:
        manage("shell", "-v0", "-c", TIDY.format(title=TITLE, other=OTHER))


def _live_through(trainer: Page, learner: Page, days: tuple[str, str]) -> None:
    trainer.goto("/try/beth/")
    _plan(trainer, TITLE, days[0], plan="Welcome (10)\nNames.\n\nTwo accounts (45)")
    _plan(trainer, OTHER, days[1])

    learner.goto("/try/amina/")
    learner.goto("/my-learning/")
    follow(learner, learner.get_by_role("link", name="All your live sessions"))
    assert _file(learner, TITLE)["STATUS"] == "CONFIRMED"

    _cancel(trainer, OTHER)
    learner.reload()
    assert (_file(learner, OTHER)["STATUS"], _file(learner, OTHER)["SEQUENCE"]) == ("CANCELLED", 1)

    _step_through(trainer)
    _take_register(trainer)

    learner.reload()
    mine = learner.get_by_role("listitem").filter(has_text=TITLE)
    expect(mine).to_contain_text("Present · counts as “Live day 3: findings”")
    _look_at_board(trainer)
    assert any(OTHER in subject for subject in letters_to(learner, "amina@example.org"))


def _plan(page: Page, title: str, day: str, *, plan: str = "") -> None:
    page.goto("/my-learning/")
    follow(page, page.get_by_role("main").get_by_role("link", name=re.compile("^Live sessions")))
    follow(page, page.get_by_role("link", name="Plan a session"))
    page.get_by_label("What it is called").fill(title)
    page.get_by_label("What it counts as").select_option(label="Live day 3: findings")
    page.get_by_label("Which day").fill(day)
    page.get_by_label("From", exact=True).fill("00:01")
    page.get_by_label("To", exact=True).fill("23:59")
    page.get_by_label("Where").fill("Larchmere Library")
    page.get_by_label("Session plan").fill(plan)
    follow(page, page.get_by_role("button", name="Plan it"))
    expect(page.get_by_text(f"“{title}” is planned.")).to_be_visible()


def _of(words: str, title: str) -> re.Pattern[str]:
    """The name of a link that is one of several: what it does, and of which session."""
    return re.compile(f"{words}.*{title}")


def _file(page: Page, title: str) -> dict[str, object]:
    """What the session's calendar file says, read by a calendar's own library."""
    with page.expect_download() as downloading:
        page.get_by_role("link", name=_of("Calendar file", title)).click()
    event = Calendar.from_ical(downloading.value.path().read_bytes()).events[0]
    assert str(event["SUMMARY"]) == title
    return {"STATUS": str(event["STATUS"]), "SEQUENCE": int(event["SEQUENCE"])}


def _cancel(page: Page, title: str) -> None:
    follow(page, page.get_by_role("link", name=_of("Change", title)))
    follow(page, page.get_by_role("link", name="Cancel this session"))
    follow(page, page.get_by_role("button", name="Cancel it and tell everybody"))
    expect(page.get_by_role("listitem").filter(has_text=title)).to_contain_text("Cancelled")


def _step_through(page: Page) -> None:
    follow(page, page.get_by_role("link", name=_of("Session plan", TITLE)))
    follow(page, page.get_by_role("link", name="Step through it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")
    follow(page, page.get_by_role("link", name="Next: Two accounts"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Two accounts")
    size = page.get_by_role("heading", level=1).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 36
    follow(page, page.get_by_role("link", name="All steps"))
    follow(page, page.get_by_role("link", name="Back to the live sessions"))


def _take_register(page: Page) -> None:
    follow(page, page.get_by_role("link", name=_of("Register", TITLE)))
    for box in page.locator(".tap").all():
        found = box.bounding_box()
        assert found
        assert min(found["width"], found["height"]) >= SMALLEST_TARGET
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    amina = page.get_by_role("group", name="Amina Farrow")
    amina.get_by_role("button", name="Absent").click()
    expect(amina.get_by_role("status")).to_contain_text(re.compile(r"Absent\. Saved at \d\d:\d\d"))
    amina.get_by_role("button", name="Present").click()
    expect(amina.get_by_role("status")).to_contain_text(re.compile(r"Present\. Saved at \d\d:\d\d .* by Beth Arden"))
    expect(amina.get_by_role("button", name="Present")).to_have_attribute("aria-pressed", "true")
    expect(amina.get_by_role("button", name="Absent")).to_have_attribute("aria-pressed", "false")

    page.get_by_role("button", name=re.compile(r"All \d+ others were present")).click()
    told = page.get_by_text(re.compile(r"(\d+) of (\d+) entered\. \1 present\."))
    expect(told).to_be_visible()
    entered, expected = map(int, re.findall(r"\d+", told.inner_text())[:2])
    assert expected - entered == 1  # whoever is on leave; other stories have brought people into this cohort


def _look_at_board(page: Page) -> None:
    """The cell of the live day on Amina's row."""
    page.goto("/my-learning/")
    follow(page, page.get_by_role("link", name=re.compile("^Open the board")))
    follow(page, page.get_by_role("rowheader").get_by_role("link", name="Amina Farrow"))
    row = page.get_by_role("row").filter(has_text="Live day 3: findings")
    expect(row).to_contain_text("Done")
