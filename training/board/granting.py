"""A trainer grants one learner more than the rules give, and takes it back: one button each."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.models import Assessment
from enrolments.adjustments import EXTRA_TIME, give_adjustment, standing, take_adjustment_back
from enrolments.choices import AdjustmentKind, EnrolmentState
from enrolments.models import Cohort, Enrolment
from enrolments.openings import openings_of
from people.models import User

from ..doors import for_trainer
from .forms import GrantForm
from .granting_words import granted_in_words
from .learners import run_or_404

OVER = (EnrolmentState.WITHDRAWN, EnrolmentState.COMPLETED)


def what_may_be_granted(run: Enrolment, activities: list[int]) -> dict[int, list[str]]:
    """By activity, the kinds of adjustment that would change something for this learner now."""
    if run.state in OVER:
        return {}
    found: dict[int, list[str]] = {}
    quizzes = Assessment.objects.filter(activity__in=activities).select_related("activity")
    for assessment, opening in openings_of(run, quizzes).items():
        kinds: list[str] = []
        if opening.rules.attempts_allowed is not None:
            kinds.append(AdjustmentKind.ATTEMPT)
        if opening.is_waiting(timezone.now()):
            kinds.append(AdjustmentKind.AT_ONCE)
        found[assessment.activity_id] = kinds
    return found


@for_trainer
@require_POST
def give(request: HttpRequest, cohort: Cohort, enrolment: UUID) -> HttpResponse:
    """Grant what the button says, once however often it is pressed."""
    run = run_or_404(request, cohort, enrolment)
    form = GrantForm(request.POST, run=run)
    if form.is_valid():
        given = form.cleaned_data
        made = give_adjustment(run, **_granted(given), by=cast(User, request.user), at=timezone.now())
        if made:
            messages.success(request, _("Granted. %(name)s is told by e-mail.") % {"name": run.learner})
        else:
            messages.info(request, _("Something was granted a moment ago, so this was not granted once more."))
    else:
        messages.error(request, _("That cannot be granted any more. Nothing has changed."))
    return redirect("cohort_learner", cohort.uuid, run.uuid)


def _granted(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": given["kind"],
        "activity": given["activity"],
        "percent": given["percent"] or 0,
        "given_so_far": given["given_so_far"],
    }


@for_trainer
@require_POST
def take_back(request: HttpRequest, cohort: Cohort, enrolment: UUID, adjustment: UUID) -> HttpResponse:
    """It counts no more for attempts that begin from now on."""
    run = run_or_404(request, cohort, enrolment)
    granted = get_object_or_404(run.adjustments, uuid=adjustment)
    take_adjustment_back(granted, by=cast(User, request.user), at=timezone.now())
    messages.success(request, _("Taken back. An attempt that has begun keeps what it began with."))
    return redirect("cohort_learner", cohort.uuid, run.uuid)


def granted_so_far(run: Enrolment, titles: Mapping[int, str]) -> dict[str, object]:
    """What the learner's page says of adjustments: those that stand, how many there ever were, sizes of extra time."""
    may_be_more = run.cohort.time_limit_seconds is not None and run.state not in OVER
    return {
        "adjustments": [(one, granted_in_words(one, titles)) for one in standing(run)],
        "given_so_far": run.adjustments.count(),
        "extra_times": EXTRA_TIME if may_be_more else (),
    }
