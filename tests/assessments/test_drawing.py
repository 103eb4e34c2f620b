"""Drawing: whole items by blueprint, fresh ones first, and an order that tells nothing."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.drawing import BankTooSmall, Candidate, Drawn, Line, draw_items

ABCD = ("a", "b", "c", "d")
BLUEPRINT = [Line(1, "", 3), Line(2, "", 2), Line(3, "", 3)]


def bank(*counts, kind="single_choice"):
    """Candidates: so many items of learning outcome 1, 2, 3 …; item 101 is the first of outcome 1."""
    return [
        Candidate(outcome * 100 + number, outcome, kind, ABCD)
        for outcome, count in enumerate(counts, start=1)
        for number in range(1, count + 1)
    ]


def outcomes_of(drawn):
    return Counter(one.item // 100 for one in drawn)


def test_the_blueprint_draws_three_two_and_three_whole_items():
    candidates = bank(9, 6, 9)

    drawn = draw_items(BLUEPRINT, candidates, {}, Random("seed"))

    assert outcomes_of(drawn) == {1: 3, 2: 2, 3: 3}
    assert len({one.item for one in drawn}) == 8
    assert {tuple(sorted(one.choice_order)) for one in drawn} == {ABCD}


@settings(max_examples=60)
@given(
    seed=st.text(),
    counts=st.tuples(*[st.integers(3, 12)] * 3),
    met=st.dictionaries(st.integers(101, 112), st.integers(1, 9)),
)
def test_no_item_comes_twice_in_an_attempt_whatever_the_chance_and_history(seed, counts, met):
    candidates = bank(*counts)

    drawn = draw_items(BLUEPRINT, candidates, met, Random(seed))

    assert outcomes_of(drawn) == {1: 3, 2: 2, 3: 3}
    assert len({one.item for one in drawn}) == 8


def test_the_same_seed_draws_the_same_and_another_seed_draws_otherwise():
    candidates = bank(9, 6, 9)

    first, again, other = (draw_items(BLUEPRINT, candidates, {}, Random(seed)) for seed in ("one", "one", "two"))

    assert first == again
    assert first != other


def test_unseen_items_come_first_and_then_those_met_longest_ago():
    candidates = bank(5)
    last_met = {101: 3, 102: 1, 103: 2}

    drawn = draw_items([Line(1, "", 4)], candidates, last_met, Random("seed"))

    assert {one.item for one in drawn} == {104, 105, 102, 103}


def test_lines_of_a_kind_draw_that_kind_and_a_line_of_any_kind_never_repeats_them():
    candidates = [*bank(2), *(Candidate(150 + number, 1, "multiple_response", ABCD) for number in range(2))]
    lines = [Line(1, "multiple_response", 2), Line(1, "", 2)]

    drawn = draw_items(lines, candidates, {}, Random("seed"))

    assert {one.item for one in drawn} == {101, 102, 150, 151}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([Line(1, "", 3)], "3 items wanted for a learning outcome, 2 there"),
        ([Line(1, "", 2), Line(1, "", 1)], "1 items wanted for a learning outcome, 0 there"),
        ([Line(1, "multiple_response", 1)], "1 items wanted for a learning outcome, 0 there"),
        ([Line(9, "", 1)], "1 items wanted for a learning outcome, 0 there"),
    ],
)
def test_a_bank_too_small_for_a_line_is_refused(lines, sentence):
    candidates = bank(2)

    with pytest.raises(BankTooSmall) as refused:
        draw_items(lines, candidates, {}, Random("seed"))

    assert str(refused.value) == sentence


def test_an_empty_blueprint_draws_nothing():
    candidates = bank(2)

    drawn = draw_items([], candidates, {}, Random("seed"))

    assert drawn == []


def test_choices_are_mixed_and_none_is_lost():
    candidates = [Candidate(1, 1, "single_choice", ("only",)), Candidate(2, 1, "single_choice", ())]

    drawn = draw_items([Line(1, "", 2)], candidates, {}, Random("seed"))

    assert sorted(drawn, key=lambda one: one.item) == [Drawn(1, ("only",)), Drawn(2, ())]


def correlation(pairs):
    """Pearson's, of (x, y) pairs."""
    count = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / count, sum(y for _, y in pairs) / count
    spread = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    wide = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return spread / wide**0.5


def test_over_ten_thousand_renders_where_a_choice_stands_tells_nothing_of_the_key():
    candidates = [Candidate(number, 1, "single_choice", ABCD) for number in range(1, 11)]
    keys = {candidate.item: ABCD[candidate.item % 2] for candidate in candidates}  # a and b: a lazy writer's keys
    pairs = []

    for render in range(10_000):
        for drawn in draw_items([Line(1, "", 1)], candidates, {}, Random(f"seed {render}")):
            pairs += [(place, int(choice == keys[drawn.item])) for place, choice in enumerate(drawn.choice_order)]

    assert len(pairs) == 40_000
    assert abs(correlation(pairs)) < 0.03


def test_over_ten_thousand_renders_where_an_item_stands_tells_nothing_of_its_outcome():
    candidates = bank(6, 4, 6)
    pairs = []

    for render in range(10_000 // 8):
        drawn = draw_items(BLUEPRINT, candidates, {}, Random(f"seed {render}"))
        pairs += [(position, one.item // 100) for position, one in enumerate(drawn)]

    assert len(pairs) == 10_000
    assert abs(correlation(pairs)) < 0.03
