"""Cohorts of any size from a seed: the same again, no more when run again, and of every kind of learner."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from assessments.models import Result
from enrolments.models import Cohort, Enrolment, Progress
from people.models import User
from post.models import Message
from samples.demo import DAYS, Size, draw, make_demo
from tests.factories import NOON
from tests.factories.site import real_content

pytestmark = pytest.mark.django_db
SIZE = Size(lessons=4, questions=8)


def _everything() -> list[tuple[object, ...]]:
    runs = Enrolment.objects.filter(learner__email__startswith="demo-").order_by("learner__email")
    return [
        (
            run.learner.email, run.learner.name, run.agency, run.booked_by.name, run.cohort.name, run.state,
            run.started_at, run.completed_at,
            list(run.progress.order_by("activity").values_list("activity", "completed_at", "passed_at")),
            list(Result.objects.filter(attempt__link__enrolment=run).order_by("pk").values_list("points", flat=True)),
        )
        for run in runs.select_related("learner", "booked_by", "cohort")
    ]  # fmt: skip


@pytest.mark.lengthy
def test_a_seed_makes_the_same_world_and_running_it_again_adds_nothing():
    real_content()
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = make_demo(learners=16, seed=7, at=NOON)
    first = _everything()
    counts = (User.objects.count(), Cohort.objects.count(), Progress.objects.count(), Message.objects.count())

    again = make_demo(learners=16, seed=7, at=NOON + timedelta(days=1))

    assert (made, again, len(first)) == (16, 0, 16)
    assert (User.objects.count(), Cohort.objects.count(), Progress.objects.count(), Message.objects.count()) == counts
    assert _everything() == first
    assert set(Message.objects.values_list("state", flat=True)) <= {"cancelled"}
    assert Counter(run[4] for run in first) == {"Demo 7, cohort 1": 14, "Demo 7, cohort 2": 2}


def test_learners_are_the_same_for_the_same_seed_however_many_there_are():
    assert [draw(3, number, SIZE) for number in range(40)] == [draw(3, number, SIZE) for number in range(40)]
    assert draw(3, 5, SIZE) != draw(4, 5, SIZE)


def test_there_is_every_kind_of_learner_and_nothing_lies_in_the_future():
    drawn = [draw(1, number, SIZE) for number in range(200)]

    days = [step.day for one in drawn for step in one.steps] + [one.leaves_on or 0 for one in drawn]
    assert max(days) < DAYS - 21  # the youngest cohort began three weeks after the first
    assert {len(one.steps) == 0 for one in drawn} == {True, False}
    assert sum(one.leaves_on is not None for one in drawn) > 2
    assert len({one.agency for one in drawn}) >= 6
    assert len({one.name for one in drawn}) > 150


@pytest.mark.parametrize("learners", ["0", "10001"])
def test_a_number_out_of_reach_is_said(learners):
    with pytest.raises(CommandError, match="Between 1 and"):
        call_command("make_demo", "--learners", learners)


def test_without_the_course_it_says_what_to_do():
    with pytest.raises(CommandError, match="run load_content first"):
        call_command("make_demo", "--learners", "3", stdout=io.StringIO())
