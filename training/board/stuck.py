"""Who needs their trainer, why, and since when. Pure.

There are three reasons and no score of risk: the cohort has begun and the person has not; every attempt that a quiz
allows is used and none passed; or nothing was done for so many days while something is due. Where the cohort planned
dates they say what is due; where it did not, everything is until the course is completed.
"""

from collections.abc import Iterable, Sequence
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
class Due:
    """Something the cohort planned to have done by a day."""

    title: str
    due_on: date


@dataclass(frozen=True)
class Need:
    """Why somebody needs their trainer, since which day, and about what: a quiz, or what was due on `due_on`."""

    reason: Reason
    since: date
    title: str = ""
    due_on: date | None = None

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
    plan: Sequence[Due] | None = None,
) -> Need | None:
    """The weightiest reason, or none. `last_on` is the day something was last done.

    `plan` is what the cohort planned and the person has not done, the earliest first; None if it planned nothing.

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
    if today - last_on < timedelta(days=quiet_days):
        return None
    if plan is None:
        return Need(Reason.QUIET, last_on)
    due = next((one for one in plan if one.due_on <= today), None)
    return Need(Reason.QUIET, last_on, due.title, due.due_on) if due else None
