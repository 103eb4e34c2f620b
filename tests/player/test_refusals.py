"""What a quiz page refuses, each in its own way and none with an error of ours."""

import pytest
from django.test import Client

from assessments.models import Result
from credentials.jobs import award_met
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    """Amina in her cohort with an open attempt, signed in."""
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    client = Client()
    client.force_login(cast.amina)
    return client, run, attempt


@pytest.mark.parametrize("sequence", ["9223372036854775808", "2147483648", "-1", "0", "", "one", "1e3"])
def test_an_impossible_sequence_is_refused_in_words(sitting, sequence):
    client, _run, attempt = sitting

    answer = client.post(f"/attempt/{attempt.uuid}/1/save/", {"sequence": sequence, "q1": "1"})

    assert (answer.status_code, "did not arrive whole" in answer.json()["problem"]) == (400, True)


def test_somebody_withdrawn_can_neither_save_nor_hand_in(sitting):
    client, run, attempt = sitting
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    statuses = [
        client.get(f"/attempt/{attempt.uuid}/1/").status_code,
        client.post(f"/attempt/{attempt.uuid}/1/save/", {"sequence": "1", "q1": "1"}).status_code,
        client.post(f"/attempt/{attempt.uuid}/hand-in/").status_code,
    ]

    assert (statuses, Result.objects.count()) == ([404, 404, 404], 0)


def test_somebody_withdrawn_is_awarded_nothing(sitting):
    _client, run, _attempt = sitting
    run.pinned_sets.update(met_at=NOON)
    Enrolment.objects.filter(pk=run.pk).update(state="withdrawn")

    award_met(Enrolment.objects.get(pk=run.pk))

    assert Credential.objects.count() == 0


def test_a_quiz_no_set_asks_for_is_not_found(sitting):
    client, run, attempt = sitting
    run.pinned_sets.all().delete()

    answer = client.get(f"/quiz/{attempt.assessment.uuid}/")

    assert answer.status_code == 404
