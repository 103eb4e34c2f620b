"""The pages of reports in every state: part of what tests/journeys/test_accessibility.py walks."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.journeys.giving_states import led, trained
from tests.journeys.steps import follow
from tests.journeys.ways import State

EXEMPT_REPORT_PAGES = {
    "cohort_reports": "leads to the first report",
    "organisation_reports": "leads to the first report",
    "cohort_report_file": "a file; checked in tests/training/reports/test_pages.py",
    "organisation_report_file": "a file; checked in tests/training/reports/test_pages.py",
    "cohort_report_made": "a file; checked in tests/training/reports/test_pages.py",
    "organisation_report_made": "a file; checked in tests/training/reports/test_pages.py",
    "organisation_report_making": "the same page as cohort_report_making in a lead's frame, which other pages show",
    "organisation_report_address": "the same page as cohort_report_address in a lead's frame, which other pages show",
    "cohort_report_withdraw": "answers POST only, and leads to the report",
    "organisation_report_withdraw": "answers POST only, and leads to the report",
    "report_by_address": "a file; checked in tests/training/reports/test_pages.py",
}
# Two long reports of Beth's: one the worker is at, for as long as anybody looks, and one it has made.
LONG_REPORTS = """
from datetime import timedelta
from django.utils import timezone
from enrolments.models import Cohort
from people.models import User
from training.models import ReportFile
now, cohort = timezone.now(), Cohort.objects.get(name="{cohort}")
of = dict(cohort=cohort, report="completion", kind="csv", made_by=User.objects.get(email="beth@example.org"))
of |= dict(made_at=now, language="en", row_count=2400, done_count=800, moved_at=now + timedelta(days=1))
for state in ("making", "made"):
    made = ReportFile.objects.create(state=state, content=b"Name", **of)
    print(f"/cohort/{{cohort.uuid}}/reports/files/{{made.uuid}}/")
"""


def at_outcome(page: Page) -> None:
    """The first learning outcome, from the report."""
    trained("reports/learning-outcomes/")(page)
    follow(page, page.locator("tbody th a").first)


def at_quiz_answers(page: Page) -> None:
    """How many chose what in the first quiz."""
    trained("reports/answers/")(page)
    follow(page, page.locator("tbody th a").first)


def at_refused_address(page: Page) -> None:
    """A length of time that nobody offers."""
    trained("reports/where-people-stop/")(page)
    page.locator("input[name=days]").first.evaluate("box => box.value = '4000'")
    page.get_by_role("button", name="Make an address").click()
    page.locator(".error-summary").wait_for()


def at_long_report(which: int) -> Callable[[Page], Any]:
    return lambda page: page.goto(page.long_reports[which])  # type: ignore[attr-defined]


def with_address(page: Page) -> None:
    """The report below which an address stands that can be withdrawn."""
    trained("reports/time-to-complete/", press="Make an address")(page)
    follow(page, page.get_by_role("link", name="I have the address"))


REPORT_STATES = [
    State("cohort_report", "completion", "beth", trained("reports/completion/"), "Completion"),
    State("cohort_report", "outcomes", "beth", trained("reports/learning-outcomes/"), "Results by learning outcome"),
    State("cohort_report", "stopping", "beth", trained("reports/where-people-stop/"), "Where people stop"),
    State("cohort_report", "quizzes", "beth", trained("reports/answers/"), "Answers to quizzes"),
    State("cohort_report", "answers", "beth", at_quiz_answers, "Answers to “"),
    State("cohort_report", "an address", "beth", with_address, "Time to complete"),
    State("cohort_report", "refused", "beth", at_refused_address, "Where people stop"),
    State(
        "cohort_report_address",
        "shown once",
        "beth",
        trained("reports/completion/", press="Make an address"),
        "Take the address now",
    ),
    State("cohort_report_making", "being made", "beth", at_long_report(0), "“Completion” as a file"),
    State("cohort_report_making", "ready", "beth", at_long_report(1), "“Completion” as a file"),
    State("cohort_outcome", "with questions", "beth", at_outcome, "Contrast a person-centred account"),
    State("organisation_report", "completion", "lena", led("reports/completion/"), "Completion"),
    State("organisation_report", "stopping", "lena", led("reports/where-people-stop/"), "Where people stop"),
]
