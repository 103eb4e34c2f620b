"""An answer that is checked before the hand-in: tries, penalties and hints; then it stays as it is."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from assessments.assessment_rules import AssessmentRules
from assessments.attempts import finish_attempt, save_draft
from assessments.feedback import check_answer, fixed_positions, told_at
from assessments.models import Attempt, Place, Response, Score
from assessments.queries import question_at
from assessments.rules import AnswerFixed, AttemptClosed, AttemptRules, NothingToCheck
from assessments.scoring import tried_points
from assessments.tries import is_given
from tests.assessments.sitting import RULES, answer, begin, shown
from tests.assessments.writing import open_places
from tests.factories import NOON, people, taught_course, written_quiz

pytestmark = pytest.mark.django_db

IMMEDIATE = AssessmentRules(feedback="immediate")
TRIES = AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3))
LATER = NOON + timedelta(minutes=1)


def begun(rules: AssessmentRules, attempt_rules: AttemptRules = RULES) -> Attempt:
    taught = taught_course()
    taught.assessment.rules = rules.to_json()
    taught.assessment.save()
    return begin(taught, people().amina, rules=attempt_rules)


def at(attempt: Attempt, position: int = 1) -> Place:
    return question_at(attempt, position)[0]


def check(attempt: Attempt, choice: str, *, sequence: int = 1, position: int = 1) -> Response:
    place = at(attempt, position)
    save_draft(place, posted=shown(place, choice), sequence=sequence, at=NOON)
    return check_answer(at(attempt, position), at=NOON)


def given(attempt: Attempt, position: int = 1) -> list[tuple[int, list[str], Fraction]]:
    """Number, choices and points of every try at a place."""
    rows = Response.objects.filter(place=at(attempt, position)).order_by("try_number")
    return [(row.try_number, row.value["chosen"], row.scores.get().points) for row in rows]


@pytest.mark.parametrize(
    ("share", "penalty", "number", "points"),
    [
        (Fraction(1), Fraction(1, 3), 1, Fraction(1)),
        (Fraction(1), Fraction(1, 3), 2, Fraction(2, 3)),
        (Fraction(1), Fraction(1, 3), 3, Fraction(1, 3)),
        (Fraction(1), Fraction(1, 3), 4, Fraction(0)),
        (Fraction(1), Fraction(1), 2, Fraction(0)),
        (Fraction(1, 2), Fraction(1, 3), 2, Fraction(1, 6)),
        (Fraction(0), Fraction(1, 3), 2, Fraction(0)),
        (Fraction(1), Fraction(0), 5, Fraction(1)),
    ],
)
def test_each_try_costs_the_penalty_and_nothing_falls_below_zero(
    share: Fraction, penalty: Fraction, number: int, points: Fraction
) -> None:
    assert tried_points(share, penalty, number) == points


@pytest.mark.parametrize(
    ("value", "is_any"),
    [
        (None, False),
        ({}, False),
        ({"chosen": []}, False),
        ({"text": "", "chosen": []}, False),
        ({"chosen": ["a"]}, True),
        ({"text": "x", "chosen": []}, True),
    ],
)
def test_value_without_anything_in_it_is_no_answer(value: dict | None, is_any: bool) -> None:
    assert is_given(value) == is_any


@pytest.mark.parametrize(("choice", "points"), [("a", 1), ("b", 0)])
def test_immediate_feedback_takes_one_answer_and_fixes_it(choice: str, points: int) -> None:
    attempt = begun(IMMEDIATE)

    check(attempt, choice)

    assert given(attempt) == [(1, [choice], points)]
    with pytest.raises(AnswerFixed, match=r"This answer was checked, and stays as it is\."):
        save_draft(at(attempt), posted=["1"], sequence=2, at=NOON)
    assert fixed_positions(attempt) == {1}


def test_same_check_sent_twice_is_one_try() -> None:
    attempt = begun(TRIES)

    first, second = check(attempt, "b"), check_answer(at(attempt), at=LATER)

    assert (first, given(attempt)) == (second, [(1, ["b"], 0)])


def test_three_tries_are_appended_and_the_last_counts_with_its_penalty() -> None:
    attempt = begun(TRIES)

    for sequence, choice in enumerate(("b", "c", "a"), start=1):
        check(attempt, choice, sequence=sequence)
    done = finish_attempt(attempt, at=LATER)

    assert given(attempt) == [(1, ["b"], 0), (2, ["c"], 0), (3, ["a"], Fraction(1, 3))]
    assert (done.result.points, done.result.max_score) == (Fraction(1, 3), 8)
    assert done.result.scores.count() == 8


def test_answer_that_fits_takes_no_further_try() -> None:
    attempt = begun(TRIES)
    check(attempt, "a")

    with pytest.raises(AnswerFixed):
        save_draft(at(attempt), posted=shown(at(attempt), "b"), sequence=2, at=NOON)

    assert check_answer(at(attempt), at=NOON).try_number == 1


def test_tries_that_are_used_up_take_no_further_one() -> None:
    attempt = begun(replace(TRIES, tries=2))
    check(attempt, "b")
    check(attempt, "c", sequence=2)

    with pytest.raises(AnswerFixed):
        save_draft(at(attempt), posted=shown(at(attempt), "a"), sequence=3, at=NOON)

    assert len(given(attempt)) == 2


def test_answer_changed_after_its_check_is_handed_in_as_the_next_try() -> None:
    attempt = begun(TRIES)
    check(attempt, "b")
    save_draft(at(attempt), posted=shown(at(attempt), "a"), sequence=2, at=NOON)

    finish_attempt(attempt, at=LATER)

    assert given(attempt) == [(1, ["b"], 0), (2, ["a"], Fraction(2, 3))]


def test_answer_left_as_it_was_checked_is_not_handed_in_again() -> None:
    attempt = begun(TRIES)
    check(attempt, "b")

    finish_attempt(attempt, at=LATER)
    finish_attempt(attempt, at=LATER)

    assert (given(attempt), Response.objects.count(), Score.objects.count()) == ([(1, ["b"], 0)], 8, 8)


def test_whole_attempt_checked_and_handed_in_has_the_result_of_one_handed_in_at_once() -> None:
    attempt = begun(IMMEDIATE)
    for position in range(1, 9):
        check(attempt, "a" if position <= 5 else "b", position=position)

    done = finish_attempt(attempt, at=LATER)

    assert (done.result.points, done.result.max_score, done.state) == (5, 8, "scored")


def test_nothing_is_checked_where_feedback_is_deferred() -> None:
    attempt = begun(AssessmentRules())
    answer(attempt, right=8)

    with pytest.raises(AnswerFixed, match=r"This question is judged after you hand in\."):
        check_answer(at(attempt), at=NOON)

    assert Response.objects.count() == 0


def test_question_without_an_answer_is_not_checked_and_costs_no_try() -> None:
    attempt = begun(TRIES)
    with pytest.raises(NothingToCheck):
        check_answer(at(attempt), at=NOON)
    save_draft(at(attempt), posted=[], sequence=1, at=NOON)

    with pytest.raises(NothingToCheck):
        check_answer(at(attempt), at=NOON)

    assert Response.objects.count() == 0


def test_nothing_is_checked_after_the_hand_in_or_when_time_is_up() -> None:
    attempt = begun(TRIES, replace(RULES, time_limit_seconds=60))
    answer(attempt, right=1)
    with pytest.raises(AttemptClosed, match=r"The time for this attempt is over\."):
        check_answer(at(attempt), at=NOON + timedelta(seconds=61))
    finish_attempt(attempt, at=NOON)

    with pytest.raises(AttemptClosed, match=r"You have already handed this in\."):
        check_answer(at(attempt), at=NOON)


def test_what_a_person_marks_is_judged_after_the_hand_in() -> None:
    taught = taught_course()
    written_quiz(taught)
    taught.assessment.rules = TRIES.to_json()
    taught.assessment.save()
    attempt = begin(taught, people().amina)
    place = open_places(attempt)[0]
    save_draft(place, posted=[], words="Because.", sequence=1, at=NOON)

    with pytest.raises(AnswerFixed):
        check_answer(place, at=NOON)

    assert not told_at(attempt, at(attempt, place.position)).may_check
    assert finish_attempt(attempt, at=LATER).state == "awaiting_marker"


def test_hints_come_one_by_one_after_tries_that_did_not_fit_and_go_once_it_is_fixed() -> None:
    taught = taught_course(item_counts=(3, 2, 3))
    for item in taught.items:
        texts = {"en": {**item.current.texts["en"], "hints": ["Look again.", "Think of the end."]}}
        item.current = _reworded(item, texts)
        item.save()
    taught.assessment.rules = TRIES.to_json()
    taught.assessment.save()
    attempt = begin(taught, people().amina)

    told = [told_at(attempt, at(attempt))]
    for sequence, choice in enumerate(("b", "c", "a"), start=1):
        check(attempt, choice, sequence=sequence)
        told.append(told_at(attempt, at(attempt)))

    assert [one.hints for one in told] == [(), ("Look again.",), ("Look again.", "Think of the end."), ()]
    assert [one.judged for one in told] == ["", "This does not fit.", "This does not fit.", "This fits."]
    assert [one.tries_left for one in told] == ["", "You have 2 tries left.", "You have 1 try left.", ""]
    assert [one.question is not None for one in told] == [False, False, False, True]


def _reworded(item, texts):
    old = item.current
    fields = {field.name: getattr(old, field.name) for field in old._meta.concrete_fields if field.name != "id"}
    return type(old).objects.create(**{**fields, "number": 2, "texts": texts})


def test_fixed_question_tells_during_the_attempt_what_the_matrix_says() -> None:
    attempt = begun(replace(IMMEDIATE, review={"during": frozenset({"correctness", "explanation"})}))
    check(attempt, "b")

    told = told_at(attempt, at(attempt))

    question = told.question
    assert question is not None
    assert (told.judged, question.points) == ("This does not fit.", None)
    assert {choice.is_answer for choice in question.choices} == {None}
    assert sorted(choice.explanation for choice in question.choices) == [f"Because of {one}." for one in "abcd"]
