"""Whether a bank can fill a blueprint, and how often."""

import pytest

from assessments.filling import Wanted, filled

BANK = {("LO1.1", "single_choice"): 9, ("LO1.1", "ordering"): 2, ("LO1.2", "single_choice"): 1}


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        ([Wanted("LO1.1", "", 3)], [3]),
        ([Wanted("LO1.1", "", 4)], [2]),
        ([Wanted("LO1.1", "ordering", 1)], [2]),
        ([Wanted("LO1.2", "", 2)], [0]),
        ([Wanted("LO1.9", "", 1)], [0]),
        # Three by kind leave 6 of 9 for two more attempts beside the 2 of another kind.
        ([Wanted("LO1.1", "single_choice", 2), Wanted("LO1.1", "", 2)], [4, 2]),
        ([Wanted("LO1.1", "single_choice", 9), Wanted("LO1.1", "", 3)], [1, 0]),
    ],
)
def test_each_line_says_how_often_it_can_be_filled(lines: list[Wanted], times: list[int]) -> None:
    found = [one.times for one in filled(lines, BANK)]

    assert found == times


def test_lines_of_several_parts_are_counted_together() -> None:
    first, second, third = Wanted("LO1.1", "", 3), Wanted("LO1.1", "single_choice", 1), Wanted("LO1.1", "", 2)

    found = filled([first, second, third, Wanted("LO1.2", "", 1)], BANK)

    assert [(one.line, one.times) for one in found] == [
        (Wanted("LO1.1", "", 5), 1),
        (second, 9),
        (Wanted("LO1.2", "", 1), 1),
    ]


def test_what_earns_nothing_is_drawn_only_by_a_line_that_names_its_kind() -> None:
    lines = [Wanted("LO1.1", "information", 1), Wanted("LO1.1", "", 1)]

    found = [one.times for one in filled(lines, {}, {("LO1.1", "information"): 3})]

    assert found == [3, 0]


def test_three_times_is_enough_and_two_is_not() -> None:
    enough, scarce = filled([Wanted("LO1.1", "single_choice", 3), Wanted("LO1.1", "ordering", 1)], BANK)

    assert (enough.is_enough, enough.there, scarce.is_enough, scarce.there) == (True, 9, False, 2)
