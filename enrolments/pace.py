"""The course's own pace: by which day to have done what, from how long each part takes. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

MINUTES_A_WEEK = 60  # where a cohort has no end: about as much as fits beside a full job


def suggested_dates(parts: Iterable[tuple[int, int]], *, starts_on: date, ends_on: date | None) -> dict[int, date]:
    """A day for each part, in the order given; a part is an activity and its minutes.

    Between the first and the last day of a cohort every minute has the same share of the days; without a last day
    there are so many minutes a week. What has no length of its own is due with what stands before it.
    """
    given = list(parts)
    total = sum(minutes for _activity, minutes in given)
    if ends_on is not None:
        days_a_minute = (ends_on - starts_on).days / total if total else 0.0
    else:
        days_a_minute = 7 / MINUTES_A_WEEK
    found, gone = {}, 0
    for activity, minutes in given:
        gone += minutes
        found[activity] = starts_on + timedelta(days=ceil(round(gone * days_a_minute, 6)))
    return found
