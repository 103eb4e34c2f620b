"""The sample cohort's live days: one with its register taken, one whose register waits, one to come with a plan."""

from datetime import datetime, timedelta

from courses.choices import ActivityKind
from enrolments.attendance import enter_attendance
from enrolments.live_sessions import on_register, plan_session
from enrolments.models import Cohort, LiveSession
from people.models import User

FIRST_DAY, LAST_DAY = 10, 37  # counted from the day the cohort began
PRESENT = ("ceri", "tomasz", "joan", "emyr", "grace", "nadia", "leroy")
OTHERWISE = {"amina": "excused", "kwame": "part", "imran": "excused"}
PLAN = """Welcome (15)
Names, agencies, one thing each has changed their mind about.
Tea is on the table at the back.

What we found in module 1 (30)
In pairs: one sentence from a review that knows the ending. Write it on a card.

Two accounts of one night (60)
Read the first account aloud, then the second. What did the second one need to know?
Ask: what would you have done with only what she had?

Break (15)

Findings that travel (60)
Each table takes one finding and asks it three questions: where else, since when, who could change it?

Round and close (20)
One thing to try before the next review."""


def hold_meetings(cohort: Cohort, trainer: User, people: dict[str, User], *, begun: datetime, at: datetime) -> None:
    """Plan the days of the course and take the first one's register."""
    days = list(cohort.course.activities.filter(kind=ActivityKind.LIVE_SESSION).order_by("position"))
    moments = (begun + timedelta(days=FIRST_DAY), at - timedelta(days=1), begun + timedelta(days=LAST_DAY))
    for activity, moment in zip(days, moments, strict=False):
        starts_at = moment.replace(hour=9, minute=30, second=0, microsecond=0)
        plan_session(
            cohort,
            by=trainer,
            at=begun,
            title=activity.title,
            activity=activity,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3, minutes=20),
            place="Larchmere Library, the upper room",
            plan=PLAN,
        )
    if days:
        _take(cohort.live_sessions.earliest("starts_at"), trainer, {person.pk: key for key, person in people.items()})


def _take(session: LiveSession, trainer: User, keys: dict[int, str]) -> None:
    for run in on_register(session):
        key = keys[run.learner_id]
        state = "present" if key in PRESENT else OTHERWISE.get(key, "absent")
        enter_attendance(session, run, state, seen=0, by=trainer, at=session.ends_at)
