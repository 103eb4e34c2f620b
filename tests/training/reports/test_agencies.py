"""No group under five can be read from a cohort's agencies: not in a row, nor as what a sum leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.reports.agencies import Group, groups_of


def _groups(**people: int) -> dict[str, Group]:
    return {agency: Group((agency,), count, 2 * count, count) for agency, count in people.items()}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({}, []),
        ({"a": 4}, []),
        ({"a": 5}, [(("a",), 5)]),
        ({"a": 9, "b": 6}, [(("a",), 9), (("b",), 6)]),
        ({"a": 9, "b": 3, "c": 2}, [(("a",), 9), (("b", "c"), 5)]),
        ({"a": 9, "b": 7, "c": 1}, [(("a",), 9), (("b", "c"), 8)]),  # else c would be 17 less 9 less 7
        ({"a": 9, "b": 1}, [(("a", "b"), 10)]),
        ({"a": 2, "b": 1, "c": 1}, []),
    ],
)
def test_small_agencies_stand_together(people, expected):
    assert [(one.agencies, one.people) for one in groups_of(_groups(**people))] == expected


def test_together_means_added_up():
    (one,) = groups_of({"a": Group(("a",), 3, 9, 4), "b": Group(("b",), 2, 6, 5)})

    assert one == Group(("a", "b"), 5, 15, 9)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_every_row_and_everything_not_shown_is_nobody_or_five(people):
    shown = groups_of(_groups(**people))

    left = sum(people.values()) - sum(one.people for one in shown)
    assert all(one.people >= 5 for one in shown)
    assert left == 0 or shown == []
