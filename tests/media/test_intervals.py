"""What was watched, as intervals."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.intervals import MOST_INTERVALS, NotIntervals, merge, read_intervals, seconds_of

moments = st.integers(0, 600).map(lambda tenths: tenths / 10)
pairs = st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair)))


@pytest.mark.parametrize(
    ("intervals", "merged"),
    [
        ([], []),
        ([(0, 10), (5, 20)], [(0, 20)]),
        ([(30, 40), (0, 10)], [(0, 10), (30, 40)]),
        ([(0, 10), (10.4, 20)], [(0, 20)]),
        ([(0, 10), (10.6, 20)], [(0, 10), (10.6, 20)]),
        ([(0, 100)], [(0, 60)]),
        ([(70, 80)], []),
        ([(5, 5)], []),
    ],
)
def test_intervals_are_put_in_order_joined_and_ended_with_the_film(intervals, merged):
    assert merge(intervals, until=60) == merged


@given(st.lists(pairs, max_size=20))
def test_merging_keeps_every_moment_and_counts_none_twice(intervals):
    merged = merge(intervals, until=60)

    assert merge([*merged, *intervals], until=60) == merged
    assert all(before[1] < after[0] for before, after in pairwise(merged))
    assert seconds_of(merged) <= 60
    assert all(any(a <= start and end <= b for a, b in merged) for start, end in intervals if end > start)


@pytest.mark.parametrize(
    "value",
    [None, "[]", {"a": 1}, [1, 2], [[1]], [[1, 2, 3]], [[2, 1]], [[-1, 2]], [["0", "1"]], [[True, 2]],
     [[0, float("inf")]], [[0, float("nan")]], [[0, 1]] * (MOST_INTERVALS + 1)],
)  # fmt: skip
def test_anything_but_a_short_list_of_intervals_is_refused(value):
    with pytest.raises(NotIntervals):
        read_intervals(value)


def test_intervals_as_a_browser_posts_them_are_read():
    assert read_intervals([[0, 1], [2.5, 3]]) == [(0.0, 1.0), (2.5, 3.0)]
