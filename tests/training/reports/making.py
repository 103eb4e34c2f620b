"""A cohort whose learners stand in different places, for every report to be read from."""

from datetime import timedelta
from typing import Any

from enrolments.models import Cohort, Enrolment
from enrolments.progress import note_seen
from enrolments.states import change_state
from tests.enrolments.doings import complete, read, sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, person, taught_course

DAY = timedelta(days=1)


def learner(name: str, group: Cohort, **fields: Any) -> Enrolment:
    """Somebody who has signed in and is booked into the cohort at noon."""
    booked_by = fields.pop("booked_by", None)
    return enrolment(person(name, last_login=NOON, **fields), group, booked_by=booked_by)


def with_open_bank(taught: TaughtCourse) -> TaughtCourse:
    """The same course; reports say what its questions earned."""
    taught.bank.is_open = True
    taught.bank.save(update_fields=["is_open"])
    return taught


def uneven(taught: TaughtCourse | None = None) -> tuple[TaughtCourse, Cohort, dict[str, Enrolment]]:
    """Amy and Ben completed (in 1 and 5 days), Cai read a lesson, Dee failed, Eve read one and left, Fay is booked.

    The bank is open.
    """
    taught = with_open_bank(taught or taught_course())
    group = cohort(taught.course)
    runs = {name: learner(f"{name} Ash", group, agency="health") for name in ("Amy", "Ben", "Cai", "Dee", "Eve", "Fay")}
    complete(runs["Amy"], taught)
    note_seen(runs["Ben"], taught.lessons[0].activity, digest="", at=NOON)
    complete(runs["Ben"], taught, at=NOON + 4 * DAY)
    read(runs["Cai"], taught.lessons[0])
    sit(runs["Dee"], taught, right=2)
    read(runs["Eve"], taught.lessons[0])
    change_state(runs["Eve"], "withdrawn", at=NOON + DAY)
    return taught, group, runs


def cells(report: Any, *columns: str) -> list[list[Any]]:
    """These columns of every row."""
    places = [report.words.index(column) for column in columns]
    return [[row[place] for place in places] for row in report.rows]
