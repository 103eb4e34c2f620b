"""What learners and rivals do in tests: read, sit a quiz, act in the moment between two statements of somebody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import connection

from assessments.attempts import finish_attempt, save_draft
from assessments.models import Attempt, Place, Result
from courses.models import LessonPage
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment, PinnedSet
from enrolments.progress import mark_read, record_attempt
from tests.factories import NOON, TaughtCourse


def number_of(place: Place, choice: str) -> str:
    """What a browser posts for a choice at this place: its number as shown."""
    return str(place.choice_order.index(choice) + 1)


def answer(attempt: Attempt, *, right: int, at: datetime = NOON) -> None:
    """Save the right choice for so many items, from the first on, and a wrong one for the others."""
    for place in attempt.places.select_related("item_version"):
        choice = "a" if place.position <= right else "b"
        save_draft(place, posted=[number_of(place, choice)], sequence=1, at=at)


def handed_in(enrolment: Enrolment, taught: TaughtCourse, *, right: int, at: datetime = NOON) -> Attempt:
    """An attempt begun, answered and handed in, that nobody took into the progress yet."""
    attempt = begin_attempt(enrolment, taught.assessment, language="en", at=at)
    answer(attempt, right=right, at=at)
    return finish_attempt(attempt, at=at)


def sit(enrolment: Enrolment, taught: TaughtCourse, *, right: int, at: datetime = NOON) -> Attempt:
    """An attempt handed in and taken into the progress; 8 items, 6 right ones pass."""
    attempt = handed_in(enrolment, taught, right=right, at=at)
    record_attempt(attempt)
    return attempt


def read(enrolment: Enrolment, *pages: LessonPage, at: datetime = NOON) -> None:
    """Mark these lessons as read."""
    for page in pages:
        mark_read(enrolment, page.activity, digest=page.content_digest, at=at)


def complete(enrolment: Enrolment, taught: TaughtCourse, *, at: datetime = NOON) -> None:
    """Read every lesson and pass the quiz."""
    read(enrolment, *taught.lessons, at=at)
    sit(enrolment, taught, right=8, at=at)


def regrade(attempt: Attempt, *, points: Fraction, passed: bool, at: datetime = NOON) -> Result:
    """A result that takes the place of the one that stands."""
    old = attempt.result
    assert old is not None
    return Result.objects.create(
        attempt=attempt, points=points, max_score=old.max_score, passed=passed, decided_at=at, supersedes=old
    )


def percent_of(enrolment: Enrolment) -> dict[str, int]:
    """The percentage of each pinned set, as the database has it."""
    return dict(PinnedSet.objects.filter(enrolment=enrolment).values_list("key", "percent"))


@contextmanager
def rival_acting_after(words: str, act: Callable[[], Any]) -> Iterator[list[str]]:
    """Somebody else acts once, right after the first statement that has these words; gives the statements found.

    This is the moment between a look and an insert, which two real requests meet only now and then.
    """
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if words in sql and not found:
            found.append(sql)
            act()
        return result

    with connection.execute_wrapper(watch):
        yield found
