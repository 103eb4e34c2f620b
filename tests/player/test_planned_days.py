"""The outline beside a lesson says by which day the cohort plans to have done what is not done yet."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Activity
from enrolments.models import Cohort, PlannedDate
from tests.enrolments.doings import read
from tests.factories import TaughtCourse, cohort, enrolment, people, taught_course
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db
LESSON = "/foundation/m1/lesson-2/"


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def group(taught: TaughtCourse, client: Client) -> Cohort:
    made, amina = cohort(taught.course), people().amina
    run = enrolment(amina, made)
    read(run, taught.lessons[0])
    client.force_login(amina)
    return made


def _plan(group: Cohort, taught: TaughtCourse, *days: int) -> None:
    activities = [*(lesson.activity for lesson in taught.lessons), taught.assessment.activity]
    for activity, day in zip(activities, days, strict=False):
        PlannedDate.objects.create(cohort=group, activity=activity, due_on=date(2026, 12, day))


def _said(client: Client, address: str) -> list[str]:
    """What each step of the first of the page's two outlines says about a day."""
    page = client.get(address).content.decode()
    first = page[page.index('<nav class="outline"') :].partition("</nav>")[0]
    return re.findall(r"due\b[ \w]*", first)


def test_what_is_not_done_says_its_day_on_lesson_and_quiz(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    _plan(group, taught, 1, 4, 11)
    PlannedDate.objects.create(
        cohort=cohort(taught.course, "Another"), activity=taught.lessons[1].activity, due_on=date(2026, 12, 25)
    )

    shown = [_said(client, address) for address in (LESSON, f"/quiz/{taught.assessment.uuid}/")]

    assert shown == [["due 4 December", "due 11 December"]] * 2


def test_a_film_says_its_day_in_the_outline_beside_itself_and_a_lesson_until_it_is_done(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    film = Activity.objects.get(film=film_page(parent=taught.module_page).film)
    PlannedDate.objects.create(cohort=group, activity=film, due_on=date(2026, 12, 18))
    beside = (LESSON, f"/learn/{film.uuid}/film/")

    before = [_said(client, address) for address in beside]
    client.post(f"/learn/{film.uuid}/film/read/")
    after = [_said(client, address) for address in beside]

    assert (before, after) == ([["due 18 December"]] * 2, [[]] * 2)


def test_a_cohort_without_planned_dates_says_nothing(client: Client, group: Cohort) -> None:
    assert _said(client, LESSON) == []


def test_a_plan_costs_one_statement_however_long_and_no_plan_costs_none(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    client.get(LESSON)
    counts = []
    for days in ((), (1,), (4, 8, 11)):
        PlannedDate.objects.all().delete()
        _plan(group, taught, *days)
        with CaptureQueriesContext(connection) as asked:
            client.get(LESSON)
        counts.append([one["sql"] for one in asked if 'FROM "enrolments_planneddate" WHERE' in one["sql"]])

    alone = [[sql for sql in those if not sql.startswith('SELECT "enrolments_enrolment"')] for those in counts]
    assert [len(those) for those in alone] == [0, 1, 1]
