"""The session plan on screen: all steps, or one in large type."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enrolments.models import Cohort

from ..doors import for_trainer
from .plan import minutes_of, steps_of
from .sessions import frame, session_or_404, told


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, session: UUID) -> HttpResponse:
    """`step` is the number of one; without it all of them, with their times."""
    found = session_or_404(cohort, session)
    steps = steps_of(found.plan, starts_at=found.starts_there)
    asked = request.GET.get("step", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    context: dict[str, Any] = {
        **frame(cohort),
        **told(found),
        "steps": steps,
        "minutes": minutes_of(steps),
        "minutes_there": int((found.ends_at - found.starts_at).total_seconds() // 60),
    }
    if not 1 <= number <= len(steps):
        return render(request, "training/live/plan.html", context)
    at = number - 1
    context |= {
        "step": steps[at],
        "before": steps[at - 1] if at else None,
        "after": steps[at + 1] if number < len(steps) else None,
    }
    return render(request, "training/live/plan_step.html", context)
