"""A trainer's page of an attempt: how sure its learner was, and what they had tried before."""

import re
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.feedback import check_answer
from assessments.models import Attempt, Response
from assessments.removal import remove_answers
from enrolments.attempts import begin_attempt
from people.models import User
from tests.assessments.examples import example_item
from tests.assessments.sitting import shown
from tests.factories import cohort, enrolment, people, taught_course, trainer
from training.board.how_given import HowGiven, how_given

pytestmark = pytest.mark.django_db

TRIES = AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3), certainty="asked")
SURE = AssessmentRules(certainty="asked")


def sat(rules: AssessmentRules, tries: list[tuple[str, int | None]]) -> Attempt:
    """An attempt of Amina's with these answers to its first question, each checked, and how sure she was."""
    taught, cast = taught_course(), people()
    taught.assessment.rules = rules.to_json()
    taught.assessment.save()
    run, now = enrolment(cast.amina, cohort(taught.course)), timezone.now()
    trainer(cast.beth, run.cohort)
    attempt = begin_attempt(run, taught.assessment, language="en", at=now)
    place = attempt.places.get(position=1)
    for number, (choice, sure) in enumerate(tries, start=1):
        save_draft(place, posted=shown(place, choice), certainty=sure, sequence=number, at=now)
        if rules.is_told_at_once:
            check_answer(place, at=now)
    return finish_attempt(attempt, at=now)


def page_of(client: Client, attempt: Attempt) -> str:
    run = attempt.link.enrolment
    client.force_login(User.objects.get(name="Beth Okafor"))
    text = client.get(reverse("cohort_attempt", args=[run.cohort.uuid, run.uuid, attempt.uuid])).content.decode()
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def test_tries_before_the_last_are_told_in_order_with_what_each_came_to_and_how_sure_they_were() -> None:
    attempt = sat(TRIES, [("b", 3), ("c", None), ("a", 1)])

    first = how_given(attempt)[1]

    assert (first.came_to, first.sure) == ("This fits. 1/3 of 1 point.", "Not very sure")
    assert [(one.number, one.came_to, one.sure) for one in first.earlier] == [
        (1, "This does not fit. 0 of 1 point.", "Very sure"),
        (2, "This does not fit. 0 of 1 point.", "Did not say"),
    ]
    words = attempt.places.get(position=1).item_version.texts["en"]["choices"]
    assert [one.answer for one in first.earlier] == [(words["b"]["text"],), (words["c"]["text"],)]


def test_page_says_it_beside_the_question_and_nothing_where_nobody_was_asked(client: Client) -> None:
    told = page_of(client, sat(TRIES, [("b", 3), ("a", 1)]))

    assert "This fits. 2/3 of 1 point. How sure they were: Not very sure" in told
    assert "The try before this one" in told
    assert "This does not fit. 0 of 1 point. How sure they were: Very sure" in told
    assert told.count("How sure they were: Did not say") == 7


def test_page_of_a_plain_attempt_says_neither(client: Client) -> None:
    told = page_of(client, sat(AssessmentRules(), [("b", None)]))

    assert ("How sure they were" in told, "before this one" in told) == (False, False)


def test_a_try_whose_answer_is_not_kept_any_more_is_said_to_be_removed() -> None:
    attempt = sat(TRIES, [("b", 3), ("a", 1)])
    remove_answers(Response.objects.all(), at=timezone.now(), why="retention")

    (earlier,) = how_given(attempt)[1].earlier

    assert (earlier.answer, earlier.came_to) == (("Removed by its rule",), "0 of 1 point.")


def test_it_takes_as_many_statements_for_three_tries_as_for_one(django_assert_num_queries) -> None:
    attempt = sat(TRIES, [("b", 3), ("c", 2), ("a", 1)])

    with django_assert_num_queries(2):
        how_given(attempt)


def test_what_earns_nothing_and_asks_nothing_is_said_nothing_of(client: Client) -> None:
    taught = taught_course(item_counts=(0, 0, 0))
    taught.assessment.blueprint.all().delete()
    for kind in ("information", "single_choice"):
        example_item(taught.bank, taught.outcomes[0], kind)
        taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind=kind, count=1)
    taught.assessment.rules = SURE.to_json()
    taught.assessment.save()
    run = enrolment(people().amina, cohort(taught.course))
    attempt = finish_attempt(begin_attempt(run, taught.assessment, language="en", at=timezone.now()), at=timezone.now())
    client.force_login(run.learner)
    page = client.get(reverse("quiz_result", args=[attempt.uuid])).content.decode()

    told = {kind: how_given(attempt)[position] for position, kind in kinds_of(attempt)}

    assert told["information"] == HowGiven()
    assert told["single_choice"] == HowGiven("This does not fit. 0 of 1 point.", "Did not say")
    assert page.count('<p class="judged">') == 1


def kinds_of(attempt: Attempt) -> list[tuple[int, str]]:
    return list(attempt.places.values_list("position", "item_version__kind"))
