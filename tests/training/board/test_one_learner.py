"""A trainer's page of one learner: what it says of certificates, and as many statements for nine quizzes as for two."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, BlueprintLine
from courses.choices import ActivityKind
from courses.models import Activity
from enrolments.adjustments import give_adjustment
from enrolments.choices import AdjustmentKind
from enrolments.models import Enrolment
from people.models import User
from tests.enrolments.doings import read, sit
from tests.factories import (
    NOON,
    TaughtCourse,
    achievement,
    cohort,
    enrolment,
    people,
    person,
    sealed_set,
    taught_course,
    trainer,
)

pytestmark = pytest.mark.django_db


def _more_quizzes(taught: TaughtCourse, *, count: int) -> list[Assessment]:
    """Quizzes of the same bank in the same module, all asked for by one sealed set."""
    made = []
    for number in range(2, count + 1):
        activity = Activity.objects.create(
            kind=ActivityKind.ASSESSMENT, course=taught.course, module=taught.module, position=100 + number
        )
        quiz = Assessment.objects.create(activity=activity, bank=taught.bank, titles={"en": f"Quiz {number}"})
        BlueprintLine.objects.create(assessment=quiz, learning_outcome=taught.outcomes[0], count=3)
        made.append(quiz)
    sealed_set(taught.course, [quiz.activity for quiz in made], key="more", attempts_allowed=1, gap_seconds=86_400)
    return made


def _failed_at_each(taught: TaughtCourse, run: Enrolment, quizzes: list[Assessment], beth: User) -> None:
    """Everything a page can say of a quiz: an attempt, another that was granted, and a pause that was dropped."""
    for number, quiz in enumerate(quizzes):
        sit(run, replace(taught, assessment=quiz), right=0)
        for extra, kind in enumerate((AdjustmentKind.ATTEMPT, AdjustmentKind.AT_ONCE)):
            give_adjustment(run, kind, activity=quiz.activity, given_so_far=2 * number + extra, by=beth, at=NOON)


def _trained_run(key: str, beth: User, *, quizzes: int) -> Enrolment:
    """A learner in a course of so many quizzes, with something of everything at each."""
    taught = taught_course(key)
    group = cohort(taught.course)
    trainer(beth, group)
    more = _more_quizzes(taught, count=quizzes)
    run = enrolment(person(f"Amy {key}", last_login=NOON), group)
    sit(run, taught, right=0)
    _failed_at_each(taught, run, more, beth)
    return run


def test_page_of_one_learner_takes_as_many_statements_for_nine_quizzes_as_for_two(client: Client) -> None:
    beth = people().beth
    client.force_login(beth)
    two, nine = (_trained_run(f"course-{count}", beth, quizzes=count) for count in (2, 9))

    def asked(run: Enrolment) -> tuple[int, int]:
        address = f"/cohort/{run.cohort.uuid}/people/{run.uuid}/"
        client.get(address)  # what is kept of the course is kept from here on
        with CaptureQueriesContext(connection) as statements:
            page = client.get(address).content.decode()
        return len(statements), page.count("Give one more attempt")

    assert (asked(two), asked(nine)) == ((32, 1), (32, 8))


def test_page_of_one_learner_names_each_certificate_that_is_under_way(client: Client) -> None:
    beth, taught = people().beth, taught_course()
    group = cohort(taught.course)
    trainer(beth, group)
    achievement(taught.course, titles={"en": "Why reviews"})
    run = enrolment(person("Amy", last_login=NOON), group)
    read(run, taught.lessons[0])
    client.force_login(beth)

    page = client.get(f"/cohort/{group.uuid}/people/{run.uuid}/").content.decode()

    assert "<dt>Why reviews</dt><dd>1 of 3 (33%)</dd>" in page
