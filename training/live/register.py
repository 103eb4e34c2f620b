"""The register of a live session, made for a phone: a button for each state, and each tap is saved at once."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from enrolments.attendance import EnteredMeanwhile, RegisterClosed, enter_attendance, enter_present
from enrolments.choices import AttendanceState, EnrolmentState
from enrolments.live_sessions import on_register
from enrolments.models import Attendance, Cohort, Enrolment, LiveSession
from people.models import User

from ..doors import for_trainer
from .sessions import frame, session_or_404, told


@dataclass(frozen=True)
class Line:
    """One learner on the register, with the entry that stands of them."""

    run: Enrolment
    entry: Attendance | None

    @property
    def seen(self) -> int:
        return self.entry.number if self.entry else 0

    @property
    def is_on_leave(self) -> bool:
        return self.run.state == EnrolmentState.ON_LEAVE


def lines_of(session: LiveSession) -> list[Line]:
    """Everybody on the register by name, in three statements."""
    runs = on_register(session).select_related("learner").order_by("learner__name", "pk")
    entries = Attendance.objects.standing().filter(session=session).select_related("by")
    of = {entry.enrolment_id: entry for entry in entries}
    return [Line(run, of.get(run.pk)) for run in runs]


@require_http_methods(["GET", "POST"])
@for_trainer
def show(request: HttpRequest, cohort: Cohort, session: UUID) -> HttpResponse:
    """Everybody with their buttons. A tap is one entry; what somebody else entered meanwhile is never written over."""
    found = session_or_404(cohort, session)
    problem = ""
    if request.method == "POST":
        try:
            return _enter(request, found)
        except RegisterClosed as closed:
            problem = str(closed)
        except _Refused as refused:
            problem = str(refused)
    lines = lines_of(found)
    context = {
        **frame(cohort),
        **told(found),
        "lines": lines,
        "states": AttendanceState.choices,
        "unmarked": [line for line in lines if line.entry is None and not line.is_on_leave],
        "summary": _summary(lines),
        "is_open": found.register_is_open(timezone.now()),
        "problem": problem,
    }
    return render(request, "training/live/register.html", context, status=409 if problem else 200)


class _Refused(Exception):
    """Why nothing was entered, in words for the trainer."""


def _enter(request: HttpRequest, session: LiveSession) -> HttpResponse:
    """One tap, or the button for all others."""
    by, now = cast(User, request.user), timezone.now()
    runs = {str(run.uuid): run for run in on_register(session).select_related("learner")}
    address = reverse("cohort_register", args=[session.cohort.uuid, session.uuid])
    if "all" in request.POST:
        chosen = [runs[one] for one in request.POST.getlist("others") if one in runs]
        count = enter_present(session, chosen, by=by, at=now)
        words = ngettext("%(count)s person entered as present.", "%(count)s people entered as present.", count)
        messages.success(request, _saved_at(now) + " " + words % {"count": count})
        return redirect(address)
    run, state = runs.get(request.POST.get("run", "")), request.POST.get("state", "")
    if run is None or state not in AttendanceState.values:
        raise _Refused(_("That could not be entered: the list has changed. Here is how it is now."))
    try:
        enter_attendance(session, run, state, seen=_number(request.POST.get("seen", "")), by=by, at=now)
    except EnteredMeanwhile as meanwhile:
        raise _Refused(_in_words(run, meanwhile.entry)) from meanwhile
    return redirect(f"{address}?saved={run.uuid}#r-{run.uuid}")


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else -1


def _in_words(run: Enrolment, entry: Attendance | None) -> str:
    if entry is None:
        return _("That could not be entered: the list has changed. Here is how it is now.")
    values: dict[str, Any] = {
        "trainer": entry.by,
        "state": entry.get_state_display(),
        "name": run.learner,
        "time": date_format(timezone.localtime(entry.at), "H:i"),
    }
    return (
        _(
            "%(trainer)s entered “%(state)s” for %(name)s at %(time)s, after you opened this page. "
            "What you chose was not entered."
        )
        % values
    )


def _saved_at(now: Any) -> str:
    return _("Saved at %(time)s.") % {"time": date_format(timezone.localtime(now), "H:i")}


def _summary(lines: list[Line]) -> str:
    """How far the register is and how many were there, in one sentence each."""
    entered = [line.entry.state for line in lines if line.entry]
    told = ngettext("%(done)s of %(count)s entered.", "%(done)s of %(count)s entered.", len(lines))
    words = told % {"done": len(entered), "count": len(lines)}
    present = entered.count(AttendanceState.PRESENT)
    if not entered:
        return words
    return words + " " + ngettext("%(count)s present.", "%(count)s present.", present) % {"count": present}
