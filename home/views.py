"""A person's own page: what to do next, where each course stands, and whoever they look after."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from toolkit.days import site_day

from credentials.models import Credential
from enrolments.choices import EnrolmentState
from enrolments.invitations import waiting_for
from enrolments.models import Enrolment
from enrolments.planned_dates import last_day_for
from enrolments.requests import asked_by
from people.models import User
from people.permissions import works_at_desk
from player.live import next_meeting
from player.resume import carry_on, outlines
from player.returned import came_back_to
from training.board.cards import to_assess, to_supervise, trained_by
from training.cards import funders_read_by, led_by


@login_required
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """My learning."""
    person = cast(User, request.user)
    language, today = get_language() or "en", site_day()
    mine = (
        Enrolment.objects.belonging_to(person)
        .select_related("course", "cohort")
        .prefetch_related("pinned_sets")
        .order_by("-booked_at")
    )
    running = [run for run in mine if run.state != EnrolmentState.WITHDRAWN]
    context = {
        "runs": [_standing(run, language=language) for run in running],
        "has_own": bool(running) or any(run.started_at for run in mine),
        "returned": came_back_to(person),
        "credentials": Credential.objects.belonging_to(person).not_replaced(),
        "invited": waiting_for(person, at=timezone.now()),
        "asked": asked_by(person, at=timezone.now()),
        "trains": trained_by(person, on=today, at=timezone.now()),
        "supervises": to_supervise(person, on=today),
        "to_assess": to_assess(person),
        "led": led_by(person, on=today),
        "funders": funders_read_by(person, on=today),
        "is_editor": works_at_desk(person),
        "nav_current": "learning",
    }
    return render(request, "home/dashboard.html", context)


def _standing(run: Enrolment, *, language: str) -> dict[str, object]:
    """One course of the learner's: how far they are, and where to go on."""
    modules = outlines(run, language=language)
    following = carry_on(run, modules, language=language)
    return {
        "enrolment": run,
        "carry_on": following,
        "due_on": last_day_for(run) if following else None,
        "outlines": modules,
        "next_meeting": next_meeting(run, at=timezone.now()),
        "course_page": run.course.pages.filter(live=True, language__in=[language, "en"]).last(),
    }
