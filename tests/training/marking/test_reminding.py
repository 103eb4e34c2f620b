"""Trainers are reminded of what is due: once for each day, of all their cohorts in one letter, and not at night."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from enrolments.models import Cohort, Enrolment
from enrolments.return_targets import after_working_days
from people.models import User
from post.models import Message
from tests.assessments.writing import hand_in_words, mark_best, response_of
from tests.enrolments.doings import read
from tests.factories import (
    NOON,
    TaughtCourse,
    cohort,
    enrolment,
    people,
    person,
    taught_course,
    trainer,
    written_quiz,
)
from training.board.reading import board_of
from training.marking.reminding import remind_markers

pytestmark = pytest.mark.django_db
HANDED_IN = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
DAY_BEFORE = datetime(2026, 12, 3, 12, tzinfo=UTC)  # and eight working days later: nine of ten days are over on Friday


@pytest.fixture
def taught() -> TaughtCourse:
    made = taught_course()
    written_quiz(made)
    return made


@pytest.fixture
def beth() -> User:
    return people().beth


def _group(taught: TaughtCourse, beth: User, name: str, **fields: Any) -> Cohort:
    made = cohort(taught.course, name, **fields)
    trainer(beth, made)
    return made


def _learner(group: Cohort, name: str) -> Enrolment:
    return enrolment(person(name, last_login=NOON), group)


@pytest.mark.parametrize(
    ("day", "count", "by"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_pass_over_the_weekend(day: date, count: int, by: date) -> None:
    assert after_working_days(day, count) == by


def test_one_letter_about_both_cohorts_the_day_before_and_none_earlier_or_twice(
    taught: TaughtCourse, beth: User
) -> None:
    first, second = (_group(taught, beth, name, return_days=9) for name in ("First", "Second"))
    hand_in_words(_learner(first, "Amy"), taught, "One.", at=HANDED_IN)
    hand_in_words(_learner(second, "Ben"), taught, "Two.", at=HANDED_IN)

    asked = [remind_markers(DAY_BEFORE - timedelta(days=1)), remind_markers(DAY_BEFORE), remind_markers(DAY_BEFORE)]

    letter = Message.objects.get(kind="marking_waits")
    assert asked[0] == 0
    assert (letter.person, letter.subject) == (beth, "To be marked: First, Second")
    assert "First: 1 answer, due by 4 December" in letter.text
    assert [word for word in ("Amy", "Ben", "One.", "Two.") if word in letter.text] == []


def test_nobody_is_written_to_at_night_or_of_what_is_marked_given_back_or_their_own(
    taught: TaughtCourse, beth: User
) -> None:
    group = _group(taught, beth, "First", return_days=9)
    attempt = hand_in_words(_learner(group, "Amy"), taught, "One.", at=HANDED_IN)
    hand_in_words(enrolment(beth, group), taught, "My own.", at=HANDED_IN)

    at_night = remind_markers(DAY_BEFORE.replace(hour=23))
    mark_best(response_of(attempt), beth)
    afterwards = remind_markers(DAY_BEFORE)

    assert (at_night, afterwards, Message.objects.filter(kind="marking_waits").count()) == (0, 0, 0)


def test_whoever_waits_for_nothing_but_a_marker_does_not_need_to_be_written_to(
    taught: TaughtCourse, beth: User
) -> None:
    group = _group(taught, beth, "First")
    waits, reads = _learner(group, "Amy"), _learner(group, "Ben")
    for run in (waits, reads):
        hand_in_words(run, taught, f"By {run.learner}.", at=HANDED_IN)
    read(waits, *taught.lessons, at=HANDED_IN)

    rows = board_of(group, at=HANDED_IN + timedelta(days=40)).rows

    assert {row.name: row.need is None for row in rows} == {"Amy": True, "Ben": False}
