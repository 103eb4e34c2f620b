"""How many statements the pages of a quiz cost, whatever the size of the bank and the rules of the attempt."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.models import Attempt
from enrolments.attempts import begin_attempt
from tests.enrolments.doings import number_of
from tests.factories import cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db

RULES = {
    "usual": AssessmentRules(),
    "immediate": AssessmentRules(feedback="immediate", certainty="marked"),
    "forward": AssessmentRules(is_forward_only=True),
}


def sitting(client: Client, rules: str, counts: tuple[int, int, int] = (3, 2, 3)) -> Attempt:
    taught = taught_course(item_counts=(20, 20, 20))
    taught.assessment.rules = RULES[rules].to_json()
    taught.assessment.save()
    for line, count in zip(taught.assessment.blueprint.all(), counts, strict=True):
        line.count = count
        line.save()
    run = enrolment(people().amina, cohort(taught.course))
    client.force_login(run.learner)
    client.get("/my-learning/")  # what a first request of a session costs is no part of it
    return begin_attempt(run, taught.assessment, language="en", at=timezone.now())


def statements(act: Any) -> int:
    with CaptureQueriesContext(connection) as found:
        assert act().status_code in (200, 302)
    return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("rules", RULES)
def test_page_of_a_question_takes_at_most_fifteen_queries(client: Client, rules: str) -> None:
    attempt = sitting(client, rules)

    assert statements(lambda: client.get(f"/attempt/{attempt.uuid}/1/")) <= 15


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("way", ["save/", ""])
def test_save_takes_at_most_twelve_statements(client: Client, rules: str, way: str) -> None:
    attempt = sitting(client, rules)
    place = attempt.places.get(position=1)
    fields = {"q1": number_of(place, "a"), "sequence": 1, "go": "flag"}

    assert statements(lambda: client.post(f"/attempt/{attempt.uuid}/1/{way}", fields)) <= 12


@pytest.mark.parametrize("rules", RULES)
def test_hand_in_of_twenty_items_takes_at_most_twenty_five_statements(client: Client, rules: str) -> None:
    attempt = sitting(client, rules, (8, 6, 6))
    for position in (1, 2):
        place = attempt.places.get(position=position)
        client.post(f"/attempt/{attempt.uuid}/{position}/", {f"q{position}": number_of(place, "a"), "sequence": 1})

    assert attempt.places.count() == 20
    assert statements(lambda: client.post(f"/attempt/{attempt.uuid}/hand-in/")) <= 25
