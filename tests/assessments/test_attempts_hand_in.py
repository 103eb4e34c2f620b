"""Handing in: once, exactly, and by the server when time is up."""

from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from assessments.attempts import close_overdue, finish_attempt, save_draft
from assessments.models import Attempt, Response, Result, Score
from assessments.rules import AttemptRules
from tests.assessments.sitting import DAY, HOUR, MINUTE, answer, begin, counts, shown
from tests.factories import NOON, item, people, taught_course

pytestmark = pytest.mark.django_db


def test_hand_in_writes_eight_responses_eight_scores_and_a_result_that_names_them():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=6)

    finished = finish_attempt(attempt, at=NOON + HOUR)

    finished.refresh_from_db()
    result = Result.objects.get()
    assert counts() == (8, 8, 1)
    assert set(result.scores.all()) == set(Score.objects.all())
    assert (result.points, result.max_score, result.passed, result.decided_at) == (6, 8, True, NOON + HOUR)
    assert (result.share, result.supersedes, finished.result) == (Fraction(3, 4), None, result)
    assert (finished.state, finished.closed_by, finished.handed_in_at, finished.received_at, finished.scored_at) == (
        "scored",
        "learner",
        NOON + HOUR,
        NOON + HOUR,
        NOON + HOUR,
    )
    assert [
        (score.kind, score.points, score.max_score, score.rule, score.rule_version, score.scored_by, score.supersedes)
        for score in Score.objects.order_by("response__place__position")
    ] == [("automatic", int(position <= 6), 1, "choose_one", 1, None, None) for position in range(1, 9)]


def test_a_response_says_when_it_was_given_and_when_it_was_received():
    attempt = begin(taught_course(), people().amina)
    first, second = attempt.places.all()[:2]
    save_draft(first, posted=shown(first, "c"), sequence=1, at=NOON + MINUTE)

    finish_attempt(attempt, at=NOON + HOUR)

    assert list(
        Response.objects.filter(place__in=[first, second]).values_list(
            "try_number", "value", "given_at", "received_at", "removed_at"
        )
    ) == [
        (1, {"chosen": ["c"]}, NOON + MINUTE, NOON + HOUR, None),
        (1, {"chosen": []}, NOON + HOUR, NOON + HOUR, None),
    ]


def test_handing_in_again_changes_nothing():
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=6)
    first = finish_attempt(attempt, at=NOON)

    again = [finish_attempt(attempt, at=NOON + HOUR, closed_by="deadline") for _ in range(5)]

    assert counts() == (8, 8, 1)
    assert {(one.pk, one.state, one.handed_in_at, one.closed_by) for one in again} == {
        (first.pk, "scored", NOON, "learner")
    }


def test_an_attempt_with_nothing_answered_earns_nothing_and_is_whole():
    attempt = begin(taught_course(), people().amina)

    finish_attempt(attempt, at=NOON)

    assert counts() == (8, 8, 1)
    result = Result.objects.get()
    assert (result.points, result.max_score, result.passed) == (0, 8, False)
    assert {score.points for score in Score.objects.all()} == {Fraction(0)}


@pytest.mark.parametrize(("right", "passed"), [(5, False), (6, True), (8, True), (0, False)])
def test_passing_at_seven_tenths_of_eight_takes_six(right, passed):
    attempt = begin(taught_course(), people().amina)
    answer(attempt, right=right)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.passed) == (right, passed)


@pytest.mark.parametrize(
    ("right_of_three", "points", "passed"), [(2, Fraction(17, 3), True), (1, Fraction(16, 3), False)]
)
def test_part_points_count_exactly_at_the_pass_mark(right_of_three, points, passed):
    taught = taught_course(item_counts=(2, 2, 3))
    item(taught.bank, taught.outcomes[0], kind="multiple_response", correct=("a", "b", "c"))
    attempt = begin(taught, people().amina)
    full = 5
    for place in attempt.places.select_related("item_version"):
        if place.item_version.kind == "multiple_response":
            chosen = ("a", "b", "c")[:right_of_three]
        elif full:
            chosen, full = ("a",), full - 1
        else:
            chosen = ("b",)
        save_draft(place, posted=shown(place, *chosen), sequence=1, at=NOON)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.max_score, result.passed) == (points, 8, passed)


def test_an_item_of_more_points_counts_by_its_points():
    taught = taught_course(item_counts=(2, 2, 3))
    item(
        taught.bank,
        taught.outcomes[0],
        kind="multiple_response",
        correct=("a", "b", "c"),
        max_score=Fraction(5, 2),
    )
    attempt = begin(taught, people().amina)
    place = attempt.places.get(item_version__kind="multiple_response")
    save_draft(place, posted=shown(place, "a", "b"), sequence=1, at=NOON)

    finish_attempt(attempt, at=NOON)

    result = Result.objects.get()
    assert (result.points, result.max_score) == (Fraction(5, 3), Fraction(19, 2))


def test_time_running_out_hands_in_at_the_last_second_of_the_attempt():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600, extra_seconds=600)
    attempt = begin(taught_course(), people().amina, rules=rules)
    answer(attempt, right=7, at=NOON + MINUTE)

    closed = close_overdue(at=NOON + 3 * HOUR)

    attempt.refresh_from_db()
    assert closed == 1
    assert (attempt.state, attempt.closed_by, attempt.handed_in_at, attempt.received_at) == (
        "scored",
        "deadline",
        NOON + 70 * MINUTE,
        NOON + 3 * HOUR,
    )
    assert (counts(), attempt.result.points, attempt.result.passed) == ((8, 8, 1), 7, True)


def test_a_hand_in_that_comes_late_counts_as_of_the_deadline_with_what_was_saved():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    attempt = begin(taught_course(), people().amina, rules=rules)
    answer(attempt, right=8, at=NOON + MINUTE)

    finished = finish_attempt(attempt, at=NOON + HOUR + timedelta(seconds=5))

    assert (finished.handed_in_at, finished.received_at) == (NOON + HOUR, NOON + HOUR + timedelta(seconds=5))
    assert finished.result.points == 8


def test_closing_leaves_attempts_that_are_not_overdue_or_have_no_limit_or_are_in():
    cast, taught = people(), taught_course()
    hour = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    due_now = begin(taught, cast.amina, rules=hour)
    unlimited = begin(taught, cast.amina, run_id=uuid4())
    handed_in = finish_attempt(begin(taught, cast.amina, rules=hour, run_id=uuid4()), at=NOON)

    closed = close_overdue(at=NOON + HOUR)

    assert closed == 0
    assert list(Attempt.objects.order_by("pk").values_list("pk", "state")) == [
        (due_now.pk, "in_progress"),
        (unlimited.pk, "in_progress"),
        (handed_in.pk, "scored"),
    ]


def test_closing_twice_closes_once():
    rules = AttemptRules(pass_share=Fraction(7, 10), time_limit_seconds=3600)
    begin(taught_course(), people().amina, rules=rules)
    close_overdue(at=NOON + DAY)

    again = close_overdue(at=NOON + DAY + MINUTE)

    assert (again, counts()) == (0, (8, 8, 1))


def test_attempts_are_found_for_their_learner_alone():
    cast, taught = people(), taught_course()
    mine = begin(taught, cast.amina)
    begin(taught, cast.carol, run_id=uuid4())

    found = Attempt.objects.belonging_to(cast.amina)

    assert list(found) == [mine]
    assert str(mine) == f"{mine.uuid} (in_progress)"
