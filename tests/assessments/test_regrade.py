"""A regrade adds scores and a result; those it follows stay as they were, and each has one successor at most."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from assessments.attempts import finish_attempt, start_attempt
from assessments.models import Attempt, Response, Result, Score
from assessments.rules import AttemptRules
from tests.factories import NOON, people, taught_course

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


def scored_attempt(learner=None):
    """An attempt handed in with nothing answered: 0 of 8, not passed."""
    attempt = start_attempt(
        taught_course().assessment,
        learner or people().amina,
        run_id=UUID(int=7),
        rules=AttemptRules(Fraction(7, 10)),
        language="en",
        at=NOON,
        seed="seed",
    )
    return finish_attempt(attempt, at=NOON)


def regrade(score, points=Fraction(1), **fields):
    return Score.objects.create(
        **{
            "response": score.response,
            "kind": "regrade",
            "points": points,
            "max_score": score.max_score,
            "rule": score.rule,
            "rule_version": score.rule_version,
            "scored_at": LATER,
            "reason": "The key was wrong.",
            "supersedes": score,
            **fields,
        }
    )


def test_a_regrade_adds_scores_and_a_result_and_leaves_the_old_ones():
    attempt = scored_attempt()
    old_result = attempt.result
    old_scores = list(Score.objects.order_by("pk").values())

    new_scores = [regrade(score) for score in old_result.scores.order_by("pk")]
    new_result = Result.objects.create(
        attempt=attempt, points=8, max_score=8, passed=True, decided_at=LATER, supersedes=old_result
    )
    new_result.scores.set(new_scores)

    assert attempt.result == new_result
    assert list(Score.objects.filter(kind="automatic").order_by("pk").values()) == old_scores
    old = Result.objects.get(pk=old_result.pk)
    assert (old.points, old.passed, old.decided_at, old.successor) == (0, False, NOON, new_result)
    assert set(new_result.scores.all()) == set(new_scores)
    assert old.scores.count() == 8


def test_a_score_has_one_successor_at_most():
    score = scored_attempt().result.scores.first()
    first = regrade(score)

    with pytest.raises(IntegrityError), transaction.atomic():
        regrade(score, points=Fraction(1, 2))

    assert list(Score.objects.filter(supersedes=score)) == [first]


def test_a_result_has_one_successor_at_most():
    attempt = scored_attempt()
    old = attempt.result
    first = Result.objects.create(attempt=attempt, points=8, max_score=8, passed=True, decided_at=LATER, supersedes=old)

    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(attempt=attempt, points=7, max_score=8, passed=True, decided_at=LATER, supersedes=old)

    assert list(Result.objects.filter(supersedes=old)) == [first]


def test_a_regrade_of_a_regrade_follows_it():
    score = scored_attempt().result.scores.first()
    second = regrade(score)

    third = regrade(second, points=Fraction(1, 2))

    assert (score.successor, second.successor, third.supersedes) == (second, third, second)


def test_an_attempt_has_one_first_result():
    attempt = scored_attempt()

    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(attempt=attempt, points=8, max_score=8, passed=True, decided_at=LATER)

    assert Result.objects.count() == 1


def test_a_response_has_one_first_automatic_score():
    score = scored_attempt().result.scores.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        regrade(score, kind="automatic", supersedes=None)

    assert Score.objects.filter(response=score.response).count() == 1


def test_a_place_has_one_response_per_try():
    response = scored_attempt().places.first().responses.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(place=response.place, value={"chosen": ["a"]}, given_at=LATER, received_at=LATER)

    assert list(response.place.responses.all()) == [response]


def test_a_person_who_marks_puts_their_name_to_it():
    score = scored_attempt().result.scores.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        regrade(score, kind="marker", supersedes=None, scored_by=None)

    assert Score.objects.filter(kind="marker").count() == 0


def test_two_markers_may_each_give_a_first_score_but_neither_two():
    cast = people()
    score = scored_attempt(cast.amina).result.scores.first()
    for marker in (cast.beth, cast.carol):
        regrade(score, kind="marker", supersedes=None, scored_by=marker)

    with pytest.raises(IntegrityError), transaction.atomic():
        regrade(score, kind="marker", supersedes=None, scored_by=cast.beth)

    assert set(Score.objects.filter(kind="marker").values_list("scored_by", flat=True)) == {
        cast.beth.pk,
        cast.carol.pk,
    }


def test_points_below_nothing_are_kept_exactly():
    score = scored_attempt().result.scores.first()

    lowered = regrade(score, points=Fraction(-1, 3))

    lowered.refresh_from_db()
    assert lowered.points == Fraction(-1, 3)


def test_a_result_of_nothing_possible_is_a_share_of_nought():
    result = Result(points=Fraction(0), max_score=Fraction(0))

    share = result.share

    assert share == Fraction(0)


def test_an_attempt_not_handed_in_has_no_result():
    attempt = Attempt(pk=0)

    standing = attempt.result

    assert standing is None


def test_a_scored_attempt_says_when():
    attempt = scored_attempt()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(scored_at=None)

    attempt.refresh_from_db()
    assert attempt.scored_at == NOON
