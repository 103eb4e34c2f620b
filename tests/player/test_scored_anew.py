"""A question scored anew, as its learner meets it: why, and that a pass, its percentage and its certificate stand."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt
from assessments.regrading import Way, plan, regrade
from credentials.models import Credential
from enrolments.models import Enrolment
from tests.assessments.test_regrading import mended, met_at
from tests.enrolments.doings import percent_of, read, sit
from tests.factories import NOON, TaughtCourse, achievement, cohort, enrolment, people, person, taught_course
from tests.publishing.lessons import said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    made = taught_course()
    achievement(made.course)
    return made


@pytest.fixture
def run(taught: TaughtCourse) -> Enrolment:
    booked = enrolment(people().amina, cohort(taught.course))
    read(booked, *taught.lessons)
    return booked


def scored_anew(attempt: Attempt, position: int) -> None:
    """By a mended key that says "b", which was what was chosen wherever "a" was not."""
    faulty = mended(met_at(attempt, position))
    seen = plan(faulty, Way.BY_KEY).fingerprint
    regrade(faulty, Way.BY_KEY, seen=seen, reason="Option a was never right.", by=person("Ed Reeves"), at=NOON)


def shown(client: Client, attempt: Attempt) -> str:
    return said(client.get(reverse("quiz_result", args=[attempt.uuid])))


def test_a_pass_and_what_rests_on_it_stand_although_the_points_went_down(
    taught: TaughtCourse, run: Enrolment, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        attempt = sit(run, taught, right=6)
    before = percent_of(run)

    with django_capture_on_commit_callbacks(execute=True):
        scored_anew(attempt, 1)

    page = shown(signed_in(run.learner), attempt)
    result = Attempt.objects.get(pk=attempt.pk).result
    assert result is not None
    assert (result.points, result.passed) == (5, True)
    assert set(before.values()) == {100}
    assert percent_of(run) == before
    assert Credential.objects.get().state == "issued"
    assert "Your pass stands" in page
    assert "you had 6 points" in page
    assert "This question had a mistake in it and was scored anew, 0 of 1: Option a was never right." in page


def test_a_pass_that_is_won_by_it_counts_at_once(
    taught: TaughtCourse, run: Enrolment, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        attempt = sit(run, taught, right=5)
    before = percent_of(run)

    with django_capture_on_commit_callbacks(execute=True):
        scored_anew(attempt, 8)

    page = shown(signed_in(run.learner), attempt)
    assert (set(before.values()) == {100}, set(percent_of(run).values())) == (False, {100})
    assert Credential.objects.count() == 1
    assert "You passed" in page
    assert "Your pass stands" not in page
    assert "1 of 1: Option a was never right." in page
