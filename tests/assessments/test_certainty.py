"""How sure somebody is: kept with the draft and the response, and what hangs on it where it is marked."""

from fractions import Fraction

import pytest

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.models import Attempt, Draft, Response
from assessments.rules import DraftConflict
from assessments.scoring import certain_points
from tests.assessments.sitting import begin, shown
from tests.factories import NOON, people, taught_course


@pytest.mark.parametrize(
    ("share", "certainty", "points"),
    [
        (Fraction(1), 1, 1),
        (Fraction(1), 2, 2),
        (Fraction(1), 3, 3),
        (Fraction(0), 1, 0),
        (Fraction(0), 2, -2),
        (Fraction(0), 3, -6),
        (Fraction(1, 2), 1, Fraction(1, 2)),
        (Fraction(1, 2), 2, 0),
        (Fraction(1, 2), 3, Fraction(-3, 2)),
        (Fraction(1, 3), 2, Fraction(-2, 3)),
    ],
)
def test_points_of_an_answer_given_with_a_certainty(share: Fraction, certainty: int, points: Fraction) -> None:
    assert certain_points(share, certainty) == points


def begun(use: str) -> Attempt:
    taught = taught_course()
    taught.assessment.rules = AssessmentRules(certainty=use).to_json()
    taught.assessment.save()
    return begin(taught, people().amina)


def give(attempt: Attempt, *answers: tuple[str, int | None]) -> None:
    for place, (choice, certainty) in zip(attempt.places.all(), answers, strict=False):
        posted = shown(place, choice) if choice else []
        save_draft(place, posted=posted, certainty=certainty, sequence=1, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ([("a", 3)] * 8, 24),
        ([("b", 3)] * 8, -48),
        ([("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("b", 3)], 1 + 2 + 3 + 0 - 2 - 6),
        ([("a", None), ("b", None)], 1),  # not said: as if not very sure
        ([("", 3)] * 8, 0),  # no answer loses nothing, however sure
    ],
)
def test_certainty_marks_add_up_exactly_and_may_be_negative(answers: list[tuple[str, int | None]], points: int) -> None:
    attempt = begun("marked")
    give(attempt, *answers)

    done = finish_attempt(attempt, at=NOON)

    assert (done.result.points, done.result.max_score) == (points, 24)
    assert done.result.passed == (points >= Fraction(7, 10) * 24)


@pytest.mark.django_db
def test_certainty_that_is_only_asked_is_kept_and_earns_nothing() -> None:
    attempt = begun("asked")
    give(attempt, ("a", 3), ("b", 3))

    done = finish_attempt(attempt, at=NOON)

    assert (done.result.points, done.result.max_score) == (1, 8)
    kept = Response.objects.order_by("place__position").values_list("certainty", flat=True)
    assert list(kept) == [3, 3, None, None, None, None, None, None]


@pytest.mark.django_db
def test_certainty_is_not_kept_where_nobody_asks() -> None:
    attempt = begun("off")

    give(attempt, ("a", 3))

    assert Draft.objects.get().certainty is None


@pytest.mark.django_db
def test_older_page_with_another_certainty_is_a_conflict() -> None:
    attempt = begun("asked")
    give(attempt, ("a", 3))

    with pytest.raises(DraftConflict):
        give(attempt, ("a", 1))

    assert Draft.objects.get().certainty == 3
