"""Taking the register of a live session. Each entry counts at once; nothing is overwritten."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .choices import AttendanceState
from .models import Attendance, Enrolment, LiveSession
from .progress import held, record_attendance


class RegisterClosed(Exception):
    """Raised for a register before the day of its session, or of a session that was cancelled."""


class EnteredMeanwhile(Exception):
    """Raised when somebody else made an entry since the page was shown; `entry` is theirs."""

    def __init__(self, entry: Attendance | None) -> None:
        super().__init__(_("Somebody else has entered something meanwhile."))
        self.entry = entry


@transaction.atomic
def enter_attendance(
    session: LiveSession, enrolment: Enrolment, state: str, *, seen: int, by: User, at: datetime
) -> Attendance:
    """Write down how somebody was there, and what follows for their course, in one transaction.

    `seen` is the number of the entry that whoever enters has seen, 0 for none. Saying what stands already adds nothing.
    Locks the session, then the enrolment. Raises RegisterClosed, EnteredMeanwhile.
    """
    meeting = LiveSession.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)
    if not meeting.register_is_open(at):
        raise RegisterClosed(_("The register opens on the day of the session, and not for one that was cancelled."))
    run = held(enrolment)
    last = Attendance.objects.filter(session=meeting, enrolment=run).order_by("number").last()
    if last is not None and last.state == state:
        return last
    if (last.number if last else 0) != seen:
        raise EnteredMeanwhile(last)
    made = Attendance.objects.create(
        session=meeting, enrolment=run, number=seen + 1, state=AttendanceState(state), at=at, by=by
    )
    note_act("attendance_entered", subject=made, at=at, actor=by, person=run.learner, facts={"state": made.state})
    if meeting.activity_id:
        record_attendance(run, by=by, at=at)
    return made


def enter_present(session: LiveSession, enrolments: Iterable[Enrolment], *, by: User, at: datetime) -> int:
    """Everybody of these of whom nothing is entered yet was present; returns how many entries that made.

    Whoever was entered meanwhile by somebody else is left as they entered it. Raises RegisterClosed.
    """
    count = 0
    for run in enrolments:
        try:
            entry = enter_attendance(session, run, AttendanceState.PRESENT, seen=0, by=by, at=at)
        except EnteredMeanwhile:
            continue
        count += entry.at == at and entry.by_id == by.pk
    return count
