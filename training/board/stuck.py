"""Who needs their trainer, why, and since when. Pure.

There are three reasons and no score of risk: the cohort has begun and the person has not; every attempt that a quiz
allows is used and none passed; or nothing was done for so many days while something is still to be done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from enrolments.choices import EnrolmentState

from ..choices import Reason


@dataclass(frozen=True)
class Tries:
    """How often somebody tried one quiz they have not passed: `allowed` is None where there is no limit."""

    title: str
    used: int
    allowed: int | None
    last_on: date

    @property
    def are_used_up(self) -> bool:
        return self.allowed is not None and self.used >= self.allowed


@dataclass(frozen=True)
class Need:
    """Why somebody needs their trainer, since which day, and at which quiz."""

    reason: Reason
    since: date
    title: str = ""

    def days(self, today: date) -> int:
        return (today - self.since).days


@dataclass(frozen=True)
class Span:
    """The days of a cohort: before the first and after the last nothing is due."""

    starts_on: date
    ends_on: date | None

    def is_running(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)


def need_of(
    state: str,
    *,
    booked_on: date,
    last_on: date | None,
    tries: Iterable[Tries],
    span: Span,
    today: date,
    quiet_days: int,
) -> Need | None:
    """The weightiest reason, or none. `last_on` is the day something was last done.

    Whoever is on leave, has finished or has left needs nobody; nor does anybody while the cohort is not running.
    """
    if state not in (EnrolmentState.BOOKED, EnrolmentState.ACTIVE) or not span.is_running(today):
        return None
    for one in tries:
        if one.are_used_up:
            return Need(Reason.NO_TRIES_LEFT, one.last_on, one.title)
    if state == EnrolmentState.BOOKED or last_on is None:
        could_begin = max(span.starts_on, booked_on)
        return Need(Reason.NEVER_BEGAN, could_begin) if could_begin < today else None
    return Need(Reason.QUIET, last_on) if today - last_on >= timedelta(days=quiet_days) else None
