"""The live sessions of a cohort: the list, adding, changing, cancelling."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enrolments.live_sessions import (
    SessionRefused,
    cancel_session,
    change_session,
    plan_session,
    waiting_registers,
)
from enrolments.live_words import day_in_words, times_in_words
from enrolments.models import Cohort, LiveSession
from people.models import User

from ..doors import for_trainer
from .forms import SessionForm


def session_or_404(cohort: Cohort, session: UUID) -> LiveSession:
    """A session of this cohort; one of another is not found."""
    return get_object_or_404(cohort.live_sessions.select_related("cohort__course", "activity"), uuid=session)


def frame(cohort: Cohort) -> dict[str, Any]:
    """What every page of live sessions needs."""
    return {"cohort": cohort, "tab": "live", "nav_current": "learning"}


def told(session: LiveSession) -> dict[str, Any]:
    """A session with its day and times in words."""
    times = times_in_words(session, timezone.get_current_timezone())
    return {"session": session, "day": day_in_words(session), "times": times}


@require_GET
@for_trainer
def index(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """What is to come, soonest first, and what has been, newest first, with how the registers stand."""
    now = timezone.now()
    waiting = {one.pk for one in waiting_registers(cohort, at=now)}
    found = list(cohort.live_sessions.select_related("cohort", "activity"))
    rows = [{**told(one), "waits": one.pk in waiting, "opens": one.register_is_open(now)} for one in found]
    context = {
        **frame(cohort),
        "ahead": [row for row in rows if row["session"].ends_at > now],
        "past": [row for row in reversed(rows) if row["session"].ends_at <= now],
    }
    return render(request, "training/live/sessions.html", context)


@require_http_methods(["GET", "POST"])
@for_trainer
def add(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """A new session. Trainees see it on My learning as soon as it is there."""
    form = SessionForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if form.is_valid():
        try:
            made = plan_session(cohort, by=cast(User, request.user), at=timezone.now(), **form.values())
        except SessionRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = _("“%(title)s” is planned. Trainees see it on My learning.")
            messages.success(request, words % {"title": made.title})
            return redirect("cohort_live", cohort.uuid)
    context = {**frame(cohort), "form": form}
    return render(request, "training/live/session.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_trainer
def change(request: HttpRequest, cohort: Cohort, session: UUID) -> HttpResponse:
    """Change what is planned; whoever is booked is told of a new time or place."""
    found = session_or_404(cohort, session)
    form = SessionForm(request.POST if request.method == "POST" else None, cohort=cohort, session=found)
    if form.is_valid():
        try:
            _change(request, found, form)
        except SessionRefused as refused:
            found = session_or_404(cohort, session)
            form.see(found)
            form.add_error(None, str(refused))
        else:
            return redirect("cohort_live", cohort.uuid)
    context = {**frame(cohort), **told(found), "form": form, "is_refused": bool(form.non_field_errors())}
    return render(request, "training/live/session.html", context, status=422 if form.is_bound else 200)


def _change(request: HttpRequest, session: LiveSession, form: SessionForm) -> None:
    by, now = cast(User, request.user), timezone.now()
    seen = form.cleaned_data["seen"] if form.cleaned_data["seen"] is not None else -1
    change_session(session, seen=seen, by=by, at=now, **form.values())
    messages.success(request, _("Saved. Whoever is booked is told by e-mail where time or place is another."))


@require_http_methods(["GET", "POST"])
@for_trainer
def cancel(request: HttpRequest, cohort: Cohort, session: UUID) -> HttpResponse:
    """Ask first, then cancel and tell whoever is booked."""
    found, problem = session_or_404(cohort, session), ""
    if request.method == "POST":
        try:
            cancel_session(found, by=cast(User, request.user), at=timezone.now())
        except SessionRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Cancelled. Everybody who is booked is told by e-mail."))
            return redirect("cohort_live", cohort.uuid)
    context = {**frame(cohort), **told(found), "problem": problem}
    return render(request, "training/live/cancel.html", context, status=409 if problem else 200)
