"""A cohort by agency, so that no group under five can be read: not in a row, and not as what a sum leaves. Pure.

Source: the trainers’ page of one learning outcome and the threshold rule of decision 32. One table of one
cohort needs less than a funder's periods do: agencies under five are one group, with the smallest other beside them
until that group is five as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..suppression import SMALLEST_GROUP


@dataclass(frozen=True)
class Group:
    """Some agencies together: how many people of them answered, how often for the first time, and what that earned."""

    agencies: tuple[str, ...]
    people: int
    first: int
    earned: int | Fraction


def groups_of(agencies: Mapping[str, Group], *, smallest: int = SMALLEST_GROUP) -> list[Group]:
    """The largest agencies on their own, and the rest as one group; nothing if all together are too few."""
    by_size = sorted(agencies.values(), key=lambda one: (one.people, one.agencies))
    small = [one for one in by_size if one.people < smallest]
    alone = [one for one in by_size if one.people >= smallest]
    while small and alone and sum(one.people for one in small) < smallest:
        small.append(alone.pop(0))
    shown = sorted(alone, key=lambda one: (-one.people, one.agencies))
    if sum(one.people for one in small) >= smallest:
        shown.append(_together(small))
    return shown


def _together(groups: Iterable[Group]) -> Group:
    those = list(groups)
    return Group(
        tuple(sorted(agency for one in those for agency in one.agencies)),
        sum(one.people for one in those),
        sum(one.first for one in those),
        sum(one.earned for one in those),
    )
