"""What the registers of live sessions say of one learner's activities, and the rows of progress that follow."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from courses.choices import ActivityKind

from .choices import AttendanceState
from .models import Attendance, Enrolment, Progress

THERE = (AttendanceState.PRESENT, AttendanceState.PART)


@dataclass(frozen=True)
class Attended:
    """When somebody was at the sessions that serve one activity; `attended_at` only of one they were at in full."""

    first_at: datetime
    last_at: datetime
    attended_at: datetime | None


def attended(enrolment: Enrolment) -> dict[int, Attended]:
    """By activity, from the entries that stand. Where several dates serve one activity, any of them will do."""
    found: dict[int, list[Attendance]] = defaultdict(list)
    entries = Attendance.objects.standing().filter(
        enrolment=enrolment, state__in=THERE, session__activity__isnull=False
    )
    for entry in entries.select_related("session"):
        found[entry.session.activity_id].append(entry)
    return {activity: _summed(those) for activity, those in found.items()}


def _summed(entries: list[Attendance]) -> Attended:
    """A session is over at its end; an entry made before that counts from when it was made."""
    moments = [(min(entry.at, entry.session.ends_at), entry.state) for entry in entries]
    in_full = [moment for moment, state in moments if state == AttendanceState.PRESENT]
    return Attended(min(moments)[0], max(moments)[0], min(in_full, default=None))


def follow_registers(enrolment: Enrolment) -> dict[int, Attended]:
    """Rows of progress as the registers have it: made where somebody was there, gone where a correction says otherwise.

    A row whose evidence was lawfully removed stays. The caller's transaction holds the enrolment.
    """
    found = attended(enrolment)
    live = {row.activity_id: row for row in enrolment.progress.filter(activity__kind=ActivityKind.LIVE_SESSION)}
    for activity, one in found.items():
        seen = {"first_seen_at": one.first_at, "last_seen_at": one.last_at}
        row = live.pop(activity, None)
        if row is None:
            Progress.objects.create(enrolment=enrolment, activity_id=activity, **seen)
        elif (row.first_seen_at, row.last_seen_at) != (one.first_at, one.last_at) and not row.completion_kept_at:
            Progress.objects.filter(pk=row.pk).update(**seen)
    gone = [row.pk for row in live.values() if not row.completion_kept_at]
    if gone:
        Progress.objects.filter(pk__in=gone).delete()
    return found
