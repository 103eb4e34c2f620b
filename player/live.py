"""The live sessions of a learner's cohort: the dates, their own attendance, and a calendar file for each."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from toolkit.days import site_day

from courses.choices import ActivityKind
from courses.models import Activity, CoursePage
from enrolments.access import reading_enrolment
from enrolments.calendar_files import calendar_file
from enrolments.choices import READING_STATES, AttendanceState, CohortRoleCode
from enrolments.live_words import day_in_words, times_in_words
from enrolments.models import Attendance, Enrolment, LiveSession
from enrolments.roles import cohorts_where
from people.models import User


@dataclass(frozen=True)
class Meeting:
    """A session as its learner sees it. `state` is their own attendance, empty as long as nothing is entered."""

    session: LiveSession
    state: str = ""

    @property
    def day(self) -> str:
        return day_in_words(self.session)

    @property
    def times(self) -> str:
        return times_in_words(self.session, timezone.get_current_timezone())

    @property
    def state_words(self) -> str:
        return str(AttendanceState(self.state).label) if self.state else ""

    @property
    def counted(self) -> bool:
        return self.state == AttendanceState.PRESENT and self.session.activity_id is not None


def next_meeting(run: Enrolment, *, at: datetime) -> Meeting | None:
    """The next session of a run's cohort that is not over; none of one that was left."""
    ahead = run.cohort.live_sessions.filter(cancelled_at=None, ends_at__gt=at)
    found = ahead.select_related("cohort").first() if run.state in READING_STATES else None
    return Meeting(found) if found else None


@dataclass(frozen=True)
class AroundCourse:
    """What stands above a course's page for one of its learners (the frame of every page includes it)."""

    run: Enrolment
    meeting: Meeting
    above: str = "player/_meeting_above.html"


def meet_above(page: CoursePage, request: HttpRequest) -> None:
    """Show the next session above a course's page to whoever is booked into the course, and nothing to others."""
    if not isinstance(request.user, User):
        return
    run = reading_enrolment(request.user, page.course)
    meeting = next_meeting(run, at=timezone.now()) if run else None
    if run and meeting:
        request.around = AroundCourse(run, meeting)  # type: ignore[attr-defined]


def meetings_of(run: Enrolment) -> list[Meeting]:
    """Every session of the cohort, in order, with the learner's own attendance and nobody else's."""
    entries = Attendance.objects.standing().filter(enrolment=run)
    states = dict(entries.values_list("session", "state"))
    sessions = LiveSession.objects.filter(cohort=run.cohort_id).select_related("cohort", "activity")
    return [Meeting(one, states.get(one.pk, "")) for one in sessions]


def _own_or_404(request: HttpRequest, enrolment: str) -> Enrolment:
    mine = Enrolment.objects.belonging_to(cast(User, request.user)).filter(state__in=READING_STATES)
    return get_object_or_404(mine.select_related("cohort", "course"), uuid=enrolment)


@login_required
@require_GET
def index(request: HttpRequest, enrolment: str) -> HttpResponse:
    """What is to come, and what has been."""
    run, now = _own_or_404(request, enrolment), timezone.now()
    meetings = meetings_of(run)
    context = {
        "run": run,
        "ahead": [one for one in meetings if one.session.ends_at > now],
        "past": [one for one in reversed(meetings) if one.session.ends_at <= now],
        "nav_current": "learning",
    }
    return render(request, "player/live_sessions.html", context)


@login_required
@require_GET
def activity(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """From the outline, which is the same for everybody, to the dates of the reader's own cohort."""
    live = Activity.objects.filter(kind=ActivityKind.LIVE_SESSION)
    found = get_object_or_404(live.select_related("course"), uuid=activity_uuid)
    run = reading_enrolment(cast(User, request.user), found.course)
    if run is None:
        raise Http404
    return redirect("live_sessions", run.uuid)


@login_required
@require_GET
def calendar(request: HttpRequest, session: str) -> HttpResponse:
    """One session as a calendar file, for whoever is booked into its cohort and whoever trains it."""
    person = cast(User, request.user)
    found = get_object_or_404(LiveSession.objects.select_related("cohort"), uuid=session)
    run = Enrolment.objects.belonging_to(person).filter(cohort=found.cohort_id, state__in=READING_STATES).first()
    trains = cohorts_where(person, CohortRoleCode.TRAINER, on=site_day()).filter(pk=found.cohort_id)
    if run is None and not trains.exists():
        raise Http404
    page = reverse("live_sessions", args=[run.uuid]) if run else reverse("cohort_live", args=[found.cohort.uuid])
    response = HttpResponse(
        calendar_file(found, address=settings.SITE_URL + page), content_type="text/calendar; charset=utf-8"
    )
    name = slugify(found.title) or slugify(_("Live session"))
    response["Content-Disposition"] = f'attachment; filename="{name}-{found.on:%Y-%m-%d}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
