"""Who was at which live session, as the registers stand."""

from collections import Counter
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from toolkit.folding import fold

from enrolments.choices import AttendanceState
from enrolments.models import Attendance, Cohort, Enrolment, LiveSession

from ..spreadsheets import Cell
from .table import Heading, Report, share_in_words


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for everybody who came and has not left, each session that has begun as a detail."""
    sessions = list(cohort.live_sessions.select_related("cohort").filter(cancelled_at=None, starts_at__lte=at))
    runs = Enrolment.objects.not_withdrawn().come().filter(cohort=cohort, learner__blanked_at=None)
    people = sorted(runs.select_related("learner"), key=lambda run: (fold(str(run.learner)), str(run.uuid)))
    entries = Attendance.objects.standing().filter(session__in=sessions)
    entered = {(run, session): state for run, session, state in entries.values_list("enrolment", "session", "state")}
    here = {run.pk for run in people}
    stand = Counter(state for (run, _session), state in entered.items() if run in here)
    missing = sum(_is_expected(run, one) and (run.pk, one.pk) not in entered for run in people for one in sessions)
    return Report(
        title=_("Attendance"),
        about=_("Who was at the live sessions that have begun, as the registers stand."),
        headings=[
            Heading(_("Name")), Heading(_("Agency")), *(Heading(_told(one), is_detail=True) for one in sessions),
            *(Heading(str(label), is_number=True) for label in AttendanceState.labels),
            Heading(_("Not entered"), is_number=True),
        ],
        rows=[_cells(run, sessions, entered) for run in people],
        figures=[
            (_("Live sessions that have begun"), str(len(sessions))),
            (_("Present"), share_in_words(stand[AttendanceState.PRESENT], sum(stand.values()))),
            (_("Not entered"), str(missing)),
        ],
        links=[reverse("cohort_learner", args=[cohort.uuid, run.uuid]) for run in people],
        notes=[_("Only “Present” counts toward the course. Whoever left is not in it.")],
        empty=_("Nobody is in this cohort yet"),
    )  # fmt: skip


def _told(session: LiveSession) -> str:
    return f"{date_format(session.on, 'j M Y')}: {session.title}"


def _is_expected(run: Enrolment, session: LiveSession) -> bool:
    """Whether their name stood on its register."""
    return run.booked_at < session.ends_at


def _cells(run: Enrolment, sessions: list[LiveSession], entered: dict[tuple[int, int], str]) -> list[Cell]:
    states = [entered.get((run.pk, one.pk)) for one in sessions]
    counted = Counter(states)
    words = [
        str(AttendanceState(state).label) if state else _("Not entered") if _is_expected(run, one) else ""
        for state, one in zip(states, sessions, strict=True)
    ]
    open_count = sum(state is None and _is_expected(run, one) for state, one in zip(states, sessions, strict=True))
    return [
        str(run.learner),
        run.get_agency_display(),
        *words,
        *(counted[state] for state in AttendanceState.values),
        open_count,
    ]
