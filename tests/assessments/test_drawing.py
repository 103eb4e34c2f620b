"""Drawing: whole items by blueprint, fresh ones first, and an order that tells nothing."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.drawing import BankTooSmall, Line, draw_items, mixed

ABCD = ("a", "b", "c", "d")
BLUEPRINT = [Line(1, "", 3), Line(2, "", 2), Line(3, "", 3)]


def bank(*counts, others=()):
    """Items by kind and outcome: so many of learning outcome 1, 2, 3 …; item 101 is the first of outcome 1."""
    found = {
        (outcome, "single_choice"): [outcome * 100 + number for number in range(1, count + 1)]
        for outcome, count in enumerate(counts, start=1)
    }
    return {**found, (1, "multiple_response"): list(others)}


def draw(lines, items, met, chance, **how):
    """Draw with what each line may draw from these items."""
    fitting = {
        line: [
            item
            for (outcome, kind), there in items.items()
            if outcome == line.learning_outcome and line.kind in ("", kind)
            for item in there
        ]
        for line in lines
    }
    return list(draw_items(lines, fitting, met, chance, **how))


def outcomes_of(drawn):
    return Counter(item // 100 for item in drawn)


def test_the_blueprint_draws_three_two_and_three_whole_items():
    candidates = bank(9, 6, 9)

    drawn = draw(BLUEPRINT, candidates, {}, Random("seed"))

    assert outcomes_of(drawn) == {1: 3, 2: 2, 3: 3}
    assert len(set(drawn)) == 8


@settings(max_examples=60)
@given(
    seed=st.text(),
    counts=st.tuples(*[st.integers(3, 12)] * 3),
    met=st.dictionaries(st.integers(101, 112), st.integers(1, 9)),
)
def test_no_item_comes_twice_in_an_attempt_whatever_the_chance_and_history(seed, counts, met):
    candidates = bank(*counts)

    drawn = draw(BLUEPRINT, candidates, met, Random(seed))

    assert outcomes_of(drawn) == {1: 3, 2: 2, 3: 3}
    assert len(set(drawn)) == 8


def test_the_same_seed_draws_the_same_and_another_seed_draws_otherwise():
    candidates = bank(9, 6, 9)

    first, again, other = (draw(BLUEPRINT, candidates, {}, Random(seed)) for seed in ("one", "one", "two"))

    assert first == again
    assert first != other


def test_unseen_items_come_first_and_then_those_met_longest_ago():
    candidates = bank(5)
    last_met = {101: 3, 102: 1, 103: 2}

    drawn = draw([Line(1, "", 4)], candidates, last_met, Random("seed"))

    assert set(drawn) == {104, 105, 102, 103}


def test_lines_of_a_kind_draw_that_kind_and_a_line_of_any_kind_never_repeats_them():
    candidates = bank(2, others=(150, 151))
    lines = [Line(1, "", 2), Line(1, "multiple_response", 2)]  # a line of any kind first, as rows are sorted

    drawn = draw(lines, candidates, {}, Random("seed"))

    assert set(drawn) == {101, 102, 150, 151}


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
        draw(lines, candidates, {}, Random("seed"))

    assert str(refused.value) == sentence


IN_PARTS = [Line(1, "", 3, 0), Line(2, "", 2, 1), Line(1, "", 2, 1), Line(3, "", 1, 2)]


@settings(max_examples=60)
@given(seed=st.text(), is_mixed=st.booleans(), met=st.dictionaries(st.integers(101, 107), st.integers(1, 9)))
def test_parts_stand_in_their_order_and_no_item_comes_in_two_of_them(seed, is_mixed, met):
    items = bank(7, 3, 2)
    fitting = {line: items[line.learning_outcome, "single_choice"] for line in IN_PARTS}

    drawn = draw_items(IN_PARTS, fitting, met, Random(seed), is_mixed=is_mixed)

    assert list(drawn.values()) == [0, 0, 0, 1, 1, 1, 1, 2]
    assert [outcomes_of(item for item in drawn if drawn[item] == part) for part in range(3)] == [
        {1: 3},
        {1: 2, 2: 2},
        {3: 1},
    ]


def test_within_a_part_items_are_mixed_and_part_by_part_not():
    orders = [
        tuple(item // 100 for item in draw([Line(1, "", 2), Line(2, "", 2), Line(3, "", 2, 1)], bank(2, 2, 2), {}, one))
        for one in map(Random, range(200))
    ]

    assert len({order[:4] for order in orders}) == 6
    assert {order[4:] for order in orders} == {(3, 3)}


def test_a_line_of_any_kind_leaves_a_later_part_its_kind():
    lines = [Line(1, "", 2, 0), Line(1, "multiple_response", 2, 1)]

    drawn = draw(lines, bank(2, others=(150, 151)), {}, Random("seed"))

    assert (set(drawn[:2]), set(drawn[2:])) == ({101, 102}, {150, 151})


def test_attempt_without_parts_draws_from_its_seed_what_it_drew_before_there_were_parts():
    drawn = draw(BLUEPRINT, bank(9, 6, 9), {}, Random("seed"))

    assert drawn == [103, 101, 102, 308, 203, 306, 206, 301]


def test_an_empty_blueprint_draws_nothing():
    candidates = bank(2)

    drawn = draw([], candidates, {}, Random("seed"))

    assert drawn == []


def test_choices_are_mixed_and_none_is_lost():
    orders = {tuple(mixed(ABCD, Random(f"seed {number}"))) for number in range(40)}

    assert {tuple(sorted(order)) for order in orders} == {ABCD}
    assert len(orders) > 10
    assert (mixed(("only",), Random("seed")), mixed((), Random("seed"))) == (["only"], [])


def test_items_that_are_not_mixed_stand_by_line_and_item():
    drawn = draw(BLUEPRINT[::-1], bank(9, 6, 9), {}, Random("seed"), is_mixed=False)

    assert drawn == [*sorted(drawn[:3]), *sorted(drawn[3:5]), *sorted(drawn[5:])]
    assert [item // 100 for item in drawn] == [3, 3, 3, 2, 2, 1, 1, 1]


@settings(max_examples=60)
@given(seed=st.text(), count=st.integers(2, 9), wanted=st.integers(1, 4))
def test_nothing_comes_twice_in_a_row_while_others_are_left(seed, count, wanted):
    lines, met, before = [Line(1, "", min(wanted, count))], {}, set()
    chance = Random(seed)

    for attempt in range(1, 6):
        drawn = set(draw(lines, bank(count), met, chance))
        repeated = len(drawn & before)
        before = drawn
        met.update(dict.fromkeys(drawn, attempt))
        # Only as many come again as there are too few others.
        assert attempt == 1 or repeated == max(0, 2 * lines[0].count - count)


def correlation(pairs):
    """Pearson's, of (x, y) pairs."""
    count = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / count, sum(y for _, y in pairs) / count
    spread = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    wide = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return spread / wide**0.5


def test_over_ten_thousand_renders_where_a_choice_stands_tells_nothing_of_the_key():
    pairs = []

    for render in range(10_000):
        chance = Random(f"seed {render}")
        key = ABCD[draw([Line(1, "", 1)], bank(10), {}, chance)[0] % 2]  # a and b: a lazy writer's keys
        pairs += [(place, int(choice == key)) for place, choice in enumerate(mixed(ABCD, chance))]

    assert len(pairs) == 40_000
    assert abs(correlation(pairs)) < 0.03


def test_over_ten_thousand_renders_where_an_item_stands_tells_nothing_of_its_outcome():
    candidates = bank(6, 4, 6)
    pairs = []

    for render in range(10_000 // 8):
        drawn = draw(BLUEPRINT, candidates, {}, Random(f"seed {render}"))
        pairs += [(position, item // 100) for position, item in enumerate(drawn)]

    assert len(pairs) == 10_000
    assert abs(correlation(pairs)) < 0.03
