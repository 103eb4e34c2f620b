"""What a review matrix withholds is told in no other way: beside another attempt, in one's own data, in practice."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.choices import Reveal
from assessments.models import Attempt, ItemBank
from credentials.awards import award_credential
from credentials.models import Achievement
from enrolments.choices import EnrolmentState
from enrolments.states import change_state
from tests.enrolments.doings import complete, sit
from tests.enrolments.test_floors import floored
from tests.factories import achievement, cohort, enrolment, people, taught_course
from tests.player.test_practising import KEPT, page_of, rules
from tests.player.test_scored_anew import scored_anew, shown
from tests.privacy.test_views import parts
from tests.publishing.lessons import signed_in

pytestmark = pytest.mark.django_db

ALL = frozenset(str(one) for one in Reveal)
WHY = "Option a was never right."
BELOW = "below what the course asks."


def ago(hours: float) -> Any:
    return timezone.now() - timedelta(hours=hours)


def test_sum_over_the_course_is_not_told_while_one_attempt_of_it_withholds_its_points() -> None:
    taught, run = floored("95/100")
    rules(taught, review={"just_after": ALL - {"score"}})
    first = sit(run, taught, right=4, at=ago(3))
    learner = signed_in(run.learner)
    before = shown(learner, first)

    later = sit(run, taught, right=2, at=ago(0))
    page = shown(learner, first)
    Attempt.objects.filter(pk=later.pk).update(handed_in_at=ago(2))
    afterwards = shown(learner, first)

    assert re.findall(r"so far: \d+ of (\d+) points. This is " + BELOW, before) == ["6"]
    assert ("Over the course so far, this is " + BELOW in page, "so far: " in page) == (True, False)
    assert "12" in re.findall(r"so far: \d+ of (\d+) points", afterwards)


@pytest.mark.parametrize("withheld", ["right_answer", "explanation", "comment"])
def test_why_a_question_was_scored_anew_is_not_in_a_download_before_what_fits_is_told(
    client: Client, withheld: str
) -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    rules(taught, review={"just_after": ALL - {withheld}})
    attempt = sit(run, taught, right=5, at=ago(0))
    scored_anew(attempt, 8)
    client.force_login(run.learner)

    at_once = json.dumps(parts(client))
    Attempt.objects.filter(pk=attempt.pk).update(handed_in_at=ago(2))
    later = json.dumps(parts(client))

    assert (WHY in at_once, WHY in later) == (False, True)


@pytest.mark.parametrize(
    ("withheld", "said"),
    [
        ({"score"}, f"was scored anew: {WHY}"),
        ({"response"}, f"was scored anew, 1 of 1: {WHY}"),
        ({"right_answer"}, ""),
        ({"explanation"}, ""),
    ],
)
def test_result_page_says_why_a_question_was_scored_anew_once_what_fits_is_told(withheld: set[str], said: str) -> None:
    taught = taught_course()
    run = enrolment(people().amina, cohort(taught.course))
    rules(taught, review={"just_after": ALL - withheld})
    attempt = sit(run, taught, right=5, at=ago(0))
    scored_anew(attempt, 8)

    page = shown(signed_in(run.learner), attempt)

    assert (WHY in page, said in page) == (bool(said), True)


def test_certificate_in_a_download_tells_no_points_that_its_result_withholds(client: Client) -> None:
    taught = taught_course()
    achievement(taught.course)
    run = enrolment(people().amina, cohort(taught.course))
    rules(taught, review={"just_after": ALL - {"score"}})
    client.force_login(run.learner)

    complete(run, taught)
    award_credential(run, Achievement.objects.get(), at=ago(0))

    told = []
    for handed_in_at in (ago(0), ago(2)):
        Attempt.objects.update(handed_in_at=handed_in_at)
        [held] = parts(client)["credentials.credential"]
        told += [one["points"] for one in held["evidence"]["results"]]

    assert told == ["not shown yet", "8"]


def test_earlier_run_frees_nothing_that_a_later_run_of_the_course_may_ask(client: Client) -> None:
    taught = taught_course()
    ItemBank.objects.update(is_open=True)
    run = enrolment(people().amina, cohort(taught.course))
    attempt = sit(run, taught, right=8, at=ago(2))
    unmet = taught.bank.items.exclude(places__attempt=attempt)[0]
    client.force_login(run.learner)
    alone = client.get(page_of(attempt, unmet))
    change_state(run, EnrolmentState.COMPLETED, at=ago(1))
    enrolment(run.learner, cohort(taught.course, "A year later"))

    again = client.get(page_of(attempt, unmet), follow=True)

    assert (alone.status_code, KEPT in again.content.decode()) == (200, True)
    assert client.get(page_of(attempt, attempt.places.get(position=1).item)).status_code == 200
