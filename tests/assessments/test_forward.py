"""Forward only: what one has gone on from stays as it is, and what lies ahead is not shown."""

import pytest

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.forward import furthest, go_on_from, is_ahead, is_behind
from assessments.models import Attempt, Draft, Response
from assessments.queries import question_at
from assessments.rules import AnswerFixed
from tests.assessments.sitting import begin
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db


def begun(*, forward: bool = True) -> Attempt:
    taught = taught_course()
    taught.assessment.rules = AssessmentRules(is_forward_only=forward).to_json()
    taught.assessment.save()
    return begin(taught, people().amina)


def go_on(attempt: Attempt, position: int) -> None:
    go_on_from(question_at(attempt, position)[0], at=NOON)


def test_first_question_alone_is_open_at_the_start() -> None:
    attempt = begun()

    assert (furthest(attempt), is_behind(attempt, 1), is_ahead(attempt, 1), is_ahead(attempt, 2)) == (
        1,
        False,
        False,
        True,
    )


def test_going_on_opens_the_next_and_closes_the_one_before() -> None:
    attempt = begun()
    save_draft(question_at(attempt, 1)[0], posted=["1"], sequence=1, at=NOON)

    go_on(attempt, 1)

    assert (furthest(attempt), is_behind(attempt, 1), is_ahead(attempt, 3)) == (2, True, True)
    with pytest.raises(AnswerFixed, match="You have gone on from this question"):
        save_draft(question_at(attempt, 1)[0], posted=["2"], sequence=2, at=NOON)
    save_draft(question_at(attempt, 2)[0], posted=["2"], sequence=1, at=NOON)
    assert list(Draft.objects.order_by("place__position").values_list("client_sequence", flat=True)) == [1, 1]


def test_going_on_twice_and_from_the_last_question_changes_nothing() -> None:
    attempt = begun()

    go_on(attempt, 1)
    go_on(attempt, 1)
    for position in range(2, 9):
        go_on(attempt, position)

    assert (furthest(attempt), Draft.objects.count()) == (8, 7)
    finish_attempt(attempt, at=NOON)
    assert Response.objects.count() == 8


def test_free_order_opens_every_question_and_keeps_no_mark() -> None:
    attempt = begun(forward=False)

    go_on(attempt, 1)

    assert (is_behind(attempt, 1), is_ahead(attempt, 8), Draft.objects.count()) == (False, False, 0)
