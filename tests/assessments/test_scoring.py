"""Scoring rules: exact shares, never below nothing, never above everything."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import choose_all_points, choose_one_points, reaches, total

CHOICES = st.frozensets(st.sampled_from("abcdefgh"))
POINTS = st.fractions(min_value=-50, max_value=50, max_denominator=60)


@pytest.mark.parametrize(
    ("chosen", "correct", "points"),
    [
        ({"a"}, "a", Fraction(1)),
        ({"b"}, "a", Fraction(0)),
        (set(), "a", Fraction(0)),
        ({"a", "b"}, "a", Fraction(0)),
        ({"a", "b", "c", "d"}, "a", Fraction(0)),
        ({"A"}, "a", Fraction(0)),
        ({" a"}, "a", Fraction(0)),
        ({""}, "a", Fraction(0)),
        ({"a\u200b"}, "a", Fraction(0)),
        ({"1"}, "a", Fraction(0)),
    ],
)
def test_choose_one_gives_all_for_exactly_the_right_choice_and_nothing_else(chosen, correct, points):
    given_choices = frozenset(chosen)

    earned = choose_one_points(given_choices, correct)

    assert (earned, type(earned)) == (points, Fraction)


@pytest.mark.parametrize(
    ("chosen", "correct", "points"),
    [
        ({"a", "b", "c"}, {"a", "b", "c"}, Fraction(1)),
        ({"a", "b"}, {"a", "b", "c"}, Fraction(2, 3)),
        ({"a"}, {"a", "b", "c"}, Fraction(1, 3)),
        ({"a", "b", "x"}, {"a", "b", "c"}, Fraction(1, 3)),
        ({"a", "x"}, {"a", "b", "c"}, Fraction(0)),
        ({"a", "x", "y"}, {"a", "b", "c"}, Fraction(0)),
        ({"x", "y", "z"}, {"a", "b", "c"}, Fraction(0)),
        (set(), {"a", "b", "c"}, Fraction(0)),
        ({"a"}, {"a"}, Fraction(1)),
        ({"a", "b", "c", "d", "x"}, {"a", "b", "c", "d", "e", "f", "g"}, Fraction(3, 7)),
        ({"never offered"}, {"a"}, Fraction(0)),
        ({"A", "B"}, {"a", "b"}, Fraction(0)),
        ({""}, {"a", "b"}, Fraction(0)),
    ],
)
def test_choose_all_counts_right_less_wrong_over_correct(chosen, correct, points):
    given_choices = frozenset(chosen)

    earned = choose_all_points(given_choices, frozenset(correct))

    assert (earned, type(earned)) == (points, Fraction)


def test_choose_all_given_nothing_correct_refuses():
    nothing = frozenset()

    with pytest.raises(ValueError, match="at least one correct choice") as refused:
        choose_all_points(frozenset({"a"}), nothing)

    assert str(refused.value) == "an item needs at least one correct choice"


@given(chosen=CHOICES, correct=CHOICES.filter(bool))
def test_choose_all_stays_between_nothing_and_everything(chosen, correct):
    earned = choose_all_points(chosen, correct)

    assert 0 <= earned <= 1
    assert (earned == 1) == (chosen == correct)


@given(chosen=CHOICES, correct=CHOICES.filter(bool))
def test_choose_all_is_an_exact_number_of_shares_of_the_key(chosen, correct):
    expected_net = len(chosen & correct) - len(chosen - correct)

    earned = choose_all_points(chosen, correct)

    assert earned * len(correct) == max(expected_net, 0)


@given(correct=CHOICES.filter(bool), stray=st.sampled_from(["x", "y"]))
def test_a_wrong_tick_costs_what_a_right_one_earns(correct, stray):
    all_right = choose_all_points(correct, correct)

    one_stray = choose_all_points(correct | {stray}, correct)

    assert all_right - one_stray == Fraction(1, len(correct))


@given(chosen=CHOICES, correct=st.sampled_from("abcdefgh"))
def test_choose_one_is_all_or_nothing(chosen, correct):
    earned = choose_one_points(chosen, correct)

    assert earned in (Fraction(0), Fraction(1))
    assert (earned == 1) == (chosen == frozenset({correct}))


@given(st.lists(POINTS), st.randoms())
def test_total_is_exact_in_any_order(points, chance):
    mixed = list(points)
    chance.shuffle(mixed)

    sums = (total(points), total(mixed))

    assert sums == (sum(points, Fraction(0)),) * 2


def test_total_of_nothing_is_an_exact_nought():
    none = []

    summed = total(none)

    assert (summed, type(summed)) == (Fraction(0), Fraction)


def test_ten_tenths_make_exactly_one():
    tenths = [Fraction(1, 10)] * 10

    summed = total(tenths)

    assert summed == 1


@pytest.mark.parametrize(
    ("points", "max_score", "share", "reached"),
    [
        # 7/10 of 8 is 28/5: five and three fifths.
        (Fraction(28, 5), Fraction(8), Fraction(7, 10), True),
        (Fraction(28, 5) - Fraction(1, 10**12), Fraction(8), Fraction(7, 10), False),
        (Fraction(17, 3), Fraction(8), Fraction(7, 10), True),
        (Fraction(11, 2), Fraction(8), Fraction(7, 10), False),
        (Fraction(6), Fraction(8), Fraction(7, 10), True),
        (Fraction(5), Fraction(8), Fraction(7, 10), False),
        (Fraction(7), Fraction(10), Fraction(70, 100), True),
        # 0.7 is a little less as a float than 7/10: no float stands between.
        (Fraction(21), Fraction(30), Fraction(7, 10), True),
        (Fraction(1, 3), Fraction(1), Fraction(1, 3), True),
        (Fraction(8), Fraction(8), Fraction(1), True),
        (Fraction(0), Fraction(8), Fraction(7, 10), False),
        (Fraction(-1), Fraction(8), Fraction(7, 10), False),
        (Fraction(0), Fraction(0), Fraction(7, 10), False),
        (Fraction(5), Fraction(0), Fraction(7, 10), False),
        (Fraction(1, 10**30), Fraction(8), Fraction(1, 10**31), True),
    ],
)
def test_reaches_compares_as_fractions(points, max_score, share, reached):
    earned = points

    answer = reaches(earned, max_score, share)

    assert answer is reached


@given(
    points=POINTS,
    max_score=st.fractions(min_value=Fraction(1, 60), max_value=50, max_denominator=60),
    share=st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100),
)
def test_reaching_a_share_is_reaching_it_whatever_the_scale(points, max_score, share):
    reached = reaches(points, max_score, share)

    at_three_times_the_scale = reaches(points * 3, max_score * 3, share)

    assert at_three_times_the_scale is reached
    assert reached is (points / max_score >= share)
