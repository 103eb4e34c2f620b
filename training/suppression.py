"""Counts of people in which no small group can be read, however often and in whatever cut one looks. Pure.

**The rule.** The finest thing counted is a *group*: one course, one area, one agency. Its people are counted in
*batches*. Month by month those who finished wait until there are five of them; then all who wait are counted together,
in that month. Whoever still waits is in no number at all. Every number shown, of a quarter, a year or all time, of a
row, a column or the whole table, is a sum of whole batches.

**Why it holds.** Each number is worked out from batches alone, and a batch is never under five. So whatever is added to
or taken from whatever else (rows from totals, quarters from years, last month's look from today's, one course or area
from all), what comes out is a sum of whole batches again. And a batch says how many came together, not how many in
which month: before it up to four may have waited, so every month of one to four could also have been another number.

A group in which nobody waits and one in which four do look alike: both show nothing.

Source: docs/decisions/0032-small-groups.md, after the frequency and dominance rules of the *Handbook on Statistical
Disclosure Control* (threshold rule; coarser tables built from what the finer ones publish).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

SMALLEST_GROUP = 5

Group = TypeVar("Group", bound=Hashable)


def batches(by_month: Mapping[date, int], *, smallest: int = SMALLEST_GROUP) -> dict[date, int]:
    """How many people of one group are counted in which month, from how many finished in which month.

    Months are first days, in any order; negative counts raise ValueError. No value of the answer is under `smallest`.
    """
    counted, waiting = {}, 0
    for month in sorted(by_month):
        if by_month[month] < 0:
            raise ValueError("a month cannot have fewer than no people")
        waiting += by_month[month]
        if waiting >= smallest:
            counted[month], waiting = waiting, 0
    return counted


def counted_groups(
    finished: Iterable[tuple[Group, date, int]], *, starts_on: date | None, ends_on: date | None
) -> dict[Group, int]:
    """How many people of each group are counted from one day up to, not including, another; empty means open.

    `finished` are (group, first day of the month, people). Batches are formed over all months first, so that a period
    shows whole batches only. Groups with nothing to show are left out.
    """
    months: dict[Group, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for group, month, people in finished:
        months[group][month] += people
    shown = {}
    for group, by_month in months.items():
        inside = [
            count
            for month, count in batches(by_month).items()
            if (starts_on is None or month >= starts_on) and (ends_on is None or month < ends_on)
        ]
        if inside:
            shown[group] = sum(inside)
    return shown
