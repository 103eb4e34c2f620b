"""What of a film was watched, as intervals in seconds from its beginning. Pure."""

from collections.abc import Iterable, Sequence
from math import isfinite

Interval = tuple[float, float]

MOST_INTERVALS = 500
JOINED_GAP = 0.5  # a player tells where it is a few times a second; less than this between two intervals is no gap


class NotIntervals(ValueError):
    """Raised for something that is not a list of [from, to] with from below to."""


def read_intervals(value: object) -> list[Interval]:
    """Intervals from what a browser posted. Raises NotIntervals."""
    if not isinstance(value, list) or len(value) > MOST_INTERVALS:
        raise NotIntervals
    return [_interval(one) for one in value]


def _interval(value: object) -> Interval:
    if not isinstance(value, list) or len(value) != 2 or not all(type(one) in (int, float) for one in value):
        raise NotIntervals
    start, end = float(value[0]), float(value[1])
    if not (isfinite(start) and isfinite(end) and 0 <= start <= end):
        raise NotIntervals
    return start, end


def merge(intervals: Iterable[Interval], *, until: float) -> list[Interval]:
    """The same moments in order, without overlaps, none after `until` (the film's length in seconds)."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        start, end = round(min(start, until), 1), round(min(end, until), 1)
        if merged and start <= merged[-1][1] + JOINED_GAP:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


def seconds_of(intervals: Sequence[Interval]) -> float:
    """How long merged intervals are together."""
    return sum(end - start for start, end in intervals)
