"""The rules of an attempt, as its caller freezes them, and whether another may begin. Pure but for the clock given."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class AttemptRules:
    """What applies to one attempt from its start to its end. Lengths in seconds; None: no limit."""

    pass_share: Fraction
    attempts_allowed: int | None = None
    extra_attempts: int = 0
    gap_seconds: int = 0
    time_limit_seconds: int | None = None
    extra_seconds: int = 0
    closes_at: datetime | None = None  # from then on no attempt begins, and those that are open end

    def due_at(self, started_at: datetime) -> datetime | None:
        """When an attempt begun then must be handed in; None if never."""
        if self.time_limit_seconds is None:
            return self.closes_at
        # In UTC, because adding to a local time would lengthen or shorten an attempt over a change of the clocks.
        up_at = started_at.astimezone(UTC) + timedelta(seconds=self.time_limit_seconds + self.extra_seconds)
        return min(up_at, self.closes_at) if self.closes_at else up_at

    def is_closed(self, at: datetime) -> bool:
        """Whether no attempt begins any more."""
        return self.closes_at is not None and at >= self.closes_at

    def refuse_if_closed(self, at: datetime) -> None:
        """Raises QuizClosed."""
        if self.is_closed(at):
            raise QuizClosed(_("This quiz is closed. Your trainer can tell you more."))

    def may_begin_at(self, *, used: int, last_ended_at: datetime | None) -> datetime | None:
        """The first moment another attempt may begin; None for at once. Raises NoMoreAttempts.

        `used` counts the run's earlier attempts that were not set aside.
        """
        if self.attempts_allowed is not None and used >= self.attempts_allowed + self.extra_attempts:
            raise NoMoreAttempts(_("You have used all your attempts. Your trainer can give you another."))
        if last_ended_at is None or not self.gap_seconds:
            return None
        return last_ended_at.astimezone(UTC) + timedelta(seconds=self.gap_seconds)


class AttemptRefused(Exception):
    """An attempt may not begin or go on; the message is for the learner."""


class NoMoreAttempts(AttemptRefused):
    """Raised when all attempts are used."""


class QuizClosed(AttemptRefused):
    """Raised when an attempt would begin after the closing day."""


class TooSoon(AttemptRefused):
    """Raised before the gap since the last attempt is over."""

    def __init__(self, message: str, *, opens_at: datetime) -> None:
        super().__init__(message)
        self.opens_at = opens_at


class AtMarker(AttemptRefused):
    """Raised while an earlier attempt waits for a marker, or is with its learner for revision."""


class AttemptClosed(AttemptRefused):
    """Raised when a finished attempt is asked to change."""


class AnswerFixed(AttemptRefused):
    """Raised when an answer that was checked, or that lies behind its learner, is asked to change."""


class NothingToCheck(AttemptRefused):
    """Raised when a question without an answer is to be checked."""


class DraftConflict(AttemptRefused):
    """Raised when another tab or device saved this item later than the page that asks now."""
