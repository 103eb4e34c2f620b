"""Small groups stay hidden: an attacker tries every table that fits all that was ever shown.

The attacker knows the rule, looks at the end of every month at every period on offer, and has the sums of rows and
columns too. They have won if a month of one to four people of some group can have been nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.periods import Period, months_on, periods
from training.suppression import SMALLEST_GROUP, batches, counted_groups

BEGAN = date(2026, 1, 1)
Table = tuple[tuple[int, ...], ...]  # a row for each group (area, agency): how many finished in which month


def _finished(groups: list[Any], table: Table) -> list[tuple[Any, date, int]]:
    return [
        (group, months_on(BEGAN, place), people)
        for group, row in zip(groups, table, strict=True)
        for place, people in enumerate(row)
    ]


def _ever_shown(groups: list[Any], table: Table, *, rule: Callable[..., dict[Any, int]] = counted_groups) -> Any:
    """Every number on every page at the end of every month: groups, sums of areas, sums of agencies, all of it."""
    finished, seen = _finished(groups, table), []
    for place in range(len(table[0])):
        until = months_on(BEGAN, place + 1)
        known = [one for one in finished if one[1] < until]
        for period in _offered(until):
            shown = rule(known, starts_on=period.starts_on, ends_on=period.ends_on)
            sums: dict[Any, int] = defaultdict(int)
            for (area, agency), people in shown.items():
                for key in ((area, agency), (area, "all"), ("all", agency), ("all", "all")):
                    sums[key] += people
            seen.append(tuple(sorted(sums.items())))
    return tuple(seen)


@cache
def _offered(today: date) -> list[Period]:
    """The periods on offer that reach into the months of our small world; the others are always empty."""
    return [one for one in periods(today) if one.ends_on > BEGAN]


def _pinned(groups: list[Any], months: int, rule: Callable[..., dict[Any, int]]) -> list[tuple[Any, int, int]]:
    """Months of one to four that the attacker knows for certain, over all tables of up to five a month.

    Others that look the same may have four more in a month: a batch that five of one month end may hold nine.
    """
    fitting: dict[Any, list[Table]] = defaultdict(list)
    for table in _all_tables(len(groups), months, MOST + SMALLEST_GROUP - 1):
        fitting[_ever_shown(groups, table, rule=rule)].append(table)
    known = []
    for alike in fitting.values():
        if all(max(map(max, table)) > MOST for table in alike):
            continue
        for row, place in product(range(len(groups)), range(months)):
            values = {table[row][place] for table in alike}
            if len(values) == 1 and 1 <= min(values) < SMALLEST_GROUP:
                known.append((groups[row], place, min(values)))
    return known


def _all_tables(rows: int, months: int, most: int) -> list[Table]:
    row = list(product(range(most + 1), repeat=months))
    return list(product(row, repeat=rows))


MOST = 5
ONE, TWO = [("north", "health")], [("north", "health"), ("south", "health")]


@pytest.mark.parametrize(("groups", "months"), [(ONE, 4), (TWO, 2)], ids=["in time", "beside another"])
def test_no_month_of_one_to_four_is_known_whatever_the_table(groups: list[Any], months: int) -> None:
    """Every table there is, so far as a small world goes: for each, another one looks the same and differs there."""
    assert _pinned(groups, months, counted_groups) == []


def _small_ones_left_out(
    finished: list[tuple[Any, date, int]], *, starts_on: date | None, ends_on: date | None
) -> dict[Any, int]:
    """What one would do first: count each period and leave small numbers out."""
    counts: dict[Any, int] = defaultdict(int)
    for group, month, people in finished:
        if (starts_on is None or month >= starts_on) and (ends_on is None or month < ends_on):
            counts[group] += people
    return {group: people for group, people in counts.items() if people >= SMALLEST_GROUP}


def _everything(
    finished: list[tuple[Any, date, int]], *, starts_on: date | None, ends_on: date | None
) -> dict[Any, int]:
    everybody = [(group, month, people + SMALLEST_GROUP) for group, month, people in finished if people]
    return _small_ones_left_out(everybody, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize("rule", [_small_ones_left_out, _everything])
def test_the_attacker_is_no_straw_man(rule: Callable[..., dict[Any, int]]) -> None:
    """Leaving out small numbers is not enough: they fall out of longer periods less shorter ones."""
    assert _pinned(ONE, 3, rule) != []


counts = st.lists(st.integers(0, 12), min_size=1, max_size=30)


@given(counts)
@settings(max_examples=300, deadline=None)
def test_every_batch_is_five_or_more_and_at_most_four_wait(people: list[int]) -> None:
    by_month = {months_on(BEGAN, place): count for place, count in enumerate(people)}

    counted = batches(by_month)

    assert all(count >= SMALLEST_GROUP for count in counted.values())
    assert 0 <= sum(people) - sum(counted.values()) < SMALLEST_GROUP
    assert counted.keys() <= by_month.keys()


@given(counts)
@settings(max_examples=300, deadline=None)
def test_every_small_month_could_have_been_another_number(people: list[int]) -> None:
    """One group, as long as you like: people moved between the months of a batch change nothing that was shown."""
    by_month = {months_on(BEGAN, place): count for place, count in enumerate(people)}
    shown = batches(by_month)

    for month, count in by_month.items():
        if 1 <= count < SMALLEST_GROUP:
            assert any(batches(other) == shown and other[month] != count for other in _moved(by_month, month))


def _moved(by_month: dict[date, int], month: date) -> Iterator[dict[date, int]]:
    """The same with somebody more or fewer in that month, alone or with somebody fewer or more in another."""
    for step in (-1, 1):
        alone = {**by_month, month: by_month[month] + step}
        yield alone
        for other in by_month:
            if other != month and by_month[other] - step >= 0:
                yield {**alone, other: by_month[other] - step}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(0, 9)), max_size=60))
@settings(max_examples=200, deadline=None)
def test_periods_never_overlap_a_batch_so_parts_add_up_to_the_whole(rows: list[tuple[str, int, int]]) -> None:
    finished = [(group, months_on(BEGAN, place), people) for group, place, people in rows]
    whole = counted_groups(finished, starts_on=None, ends_on=None)
    cuts = [BEGAN, *(months_on(BEGAN, 3 * place) for place in range(1, 15))]

    parts: dict[str, int] = defaultdict(int)
    for starts_on, ends_on in pairwise(cuts):
        for group, people in counted_groups(finished, starts_on=starts_on, ends_on=ends_on).items():
            parts[group] += people

    assert dict(parts) == whole


@given(counts, st.integers(0, 12))
@settings(max_examples=200, deadline=None)
def test_what_was_shown_once_is_shown_again_when_a_month_is_added(people: list[int], more: int) -> None:
    by_month = {months_on(BEGAN, place): count for place, count in enumerate(people)}
    longer = {**by_month, months_on(BEGAN, len(people)): more}

    added = batches(longer).items() - batches(by_month).items()

    assert batches(by_month).items() <= batches(longer).items()
    assert all(count >= SMALLEST_GROUP for _month, count in added)


@pytest.mark.parametrize(
    ("people", "counted"),
    [
        ([4], {}),
        ([5], {0: 5}),
        ([4, 1], {1: 5}),
        ([4, 0, 4], {2: 8}),
        ([1, 1, 1, 1, 1, 1], {4: 5}),
        ([9, 4, 1], {0: 9, 2: 5}),
        ([0, 0], {}),
        ([], {}),
    ],
)
def test_people_wait_until_they_are_five(people: list[int], counted: dict[int, int]) -> None:
    by_month = {months_on(BEGAN, place): count for place, count in enumerate(people)}

    assert batches(by_month) == {months_on(BEGAN, place): count for place, count in counted.items()}


def test_fewer_than_no_people_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than no people"):
        batches({BEGAN: -1})
