"""The day at whose end a cohort's quizzes close: set at the desk, said before the start, kept by the server's clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import close_overdue, finish_attempt, save_draft
from assessments.models import Attempt, Result
from assessments.review import review_of
from assessments.rules import AttemptClosed, QuizClosed
from enrolments.attempts import begin_attempt
from enrolments.closing_models import QuizClosing
from enrolments.models import Cohort, Enrolment
from tests.enrolments.doings import answer, number_of
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db

CLOSES_ON = date(2026, 11, 24)
CLOSED = datetime(2026, 11, 25, tzinfo=UTC)  # London, in winter
SECOND = timedelta(seconds=1)


def closing(**rules: Any) -> tuple[TaughtCourse, Enrolment]:
    taught = taught_course()
    taught.assessment.rules = AssessmentRules(review={"while_open": frozenset({"score"})}).to_json()
    taught.assessment.save()
    group = cohort(taught.course, **({"own_attempt_rules": True, **rules} if rules else {}))
    QuizClosing.objects.create(cohort=group, module=taught.module, closes_on=CLOSES_ON)
    return taught, enrolment(people().amina, group)


def begin(run: Enrolment, taught: TaughtCourse, at: datetime = NOON) -> Attempt:
    return begin_attempt(run, taught.assessment, language="en", at=at)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Europe/London", date(2026, 11, 24), datetime(2026, 11, 25, tzinfo=UTC)),
        ("Europe/London", date(2026, 7, 1), datetime(2026, 7, 1, 23, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),  # the day has 23 hours
        ("Europe/London", date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC)),  # and this one 25
        ("Pacific/Auckland", date(2026, 11, 24), datetime(2026, 11, 24, 11, tzinfo=UTC)),
    ],
)
def test_day_ends_in_the_time_zone_of_the_cohort(zone: str, day: date, end: datetime) -> None:
    assert Cohort(time_zone=zone).end_of(day) == end


def test_no_attempt_begins_once_the_quiz_has_closed() -> None:
    taught, run = closing()

    with pytest.raises(QuizClosed, match="This quiz is closed"):
        begin(run, taught, CLOSED)

    assert Attempt.objects.count() == 0
    assert begin(run, taught, CLOSED - SECOND).closes_at == CLOSED


def test_open_attempt_takes_answers_until_it_closes_and_is_handed_in_by_the_server() -> None:
    taught, run = closing()
    attempt = begin(run, taught)
    answer(attempt, right=8, at=CLOSED - SECOND)
    place = attempt.places.get(position=1)

    with pytest.raises(AttemptClosed):
        save_draft(place, posted=[number_of(place, "b")], sequence=2, at=CLOSED + SECOND)
    closed = close_overdue(at=CLOSED + SECOND)

    attempt.refresh_from_db()
    assert (closed, attempt.closed_by, attempt.handed_in_at) == (1, "deadline", CLOSED)
    assert Result.objects.get().points == 8


@pytest.mark.parametrize(("minutes", "due_at"), [(30, NOON + timedelta(minutes=30)), (60 * 24 * 9, CLOSED)])
def test_time_limit_and_closing_day_end_an_attempt_whichever_is_first(minutes: int, due_at: datetime) -> None:
    taught, run = closing(time_limit_seconds=60 * minutes)

    assert begin(run, taught).due_at == due_at


def test_attempt_keeps_the_closing_day_it_began_under_and_is_reviewed_by_it() -> None:
    taught, run = closing()
    attempt = begin(run, taught)
    answer(attempt, right=8)
    attempt = finish_attempt(attempt, at=NOON)
    QuizClosing.objects.update(closes_on=date(2027, 1, 1))

    moments = (NOON, NOON + timedelta(hours=1), CLOSED - SECOND, CLOSED)
    shown = [len(review_of(attempt, at).shown) for at in moments]

    assert shown == [7, 1, 1, 7]


def test_closing_is_said_before_the_start_and_after_it_no_button_is_offered(client: Client) -> None:
    taught, run = closing()
    client.force_login(run.learner)
    url = f"/quiz/{taught.assessment.uuid}/"

    with time_machine.travel(NOON, tick=False):
        before = client.get(url).content.decode()
    with time_machine.travel(CLOSED, tick=False):
        after, pressed = client.get(url).content.decode(), client.post(url)

    assert "The quiz closes after 23:59 on 24 November 2026." in before
    assert ("Start the quiz" in before, "Start the quiz" in after) == (True, False)
    assert "This quiz is closed. Your trainer can tell you more." in after
    assert pressed.status_code == 409


def test_cohort_without_a_closing_day_never_closes() -> None:
    taught, run = closing()
    QuizClosing.objects.all().delete()

    attempt = begin(run, taught, CLOSED + timedelta(days=400))

    assert (attempt.closes_at, attempt.due_at) == (None, None)
