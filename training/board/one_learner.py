"""One learner of a cohort: where they stand with each activity, and what happened, in order."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from toolkit.days import site_day

from assessments.choices import AttemptState
from assessments.models import Attempt
from assessments.queries import reviewed
from enrolments.models import Cohort, Enrolment
from people.models import User
from player.words import points_in_words

from ..doors import for_trainer
from .reading import board_of
from .story import story_of, tries_at
from .words import why, written


def _run_or_404(request: HttpRequest, cohort: Cohort, enrolment: UUID) -> Enrolment:
    theirs = Enrolment.objects.trained_by(cast(User, request.user), on=site_day())
    runs = theirs.not_withdrawn().come().filter(cohort=cohort, learner__blanked_at=None)
    return get_object_or_404(runs.select_related("learner", "booked_by", "course"), uuid=enrolment)


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, enrolment: UUID) -> HttpResponse:
    """The row of the board in words, and the story behind it. Each cell of the board leads to its activity here."""
    run = _run_or_404(request, cohort, enrolment)
    board = board_of(cohort, at=timezone.now(), only=run)
    row = next(iter(board.rows), None)
    if row is None:
        raise Http404
    tries = tries_at(run)
    context = {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "run": run,
        "row": row,
        "why": why(row.need, board.today) if row.need else "",
        "written": written(row.written_on, seen_since=row.seen_since) if row.written_on else "",
        "activities": [
            (column, cell, tries.get(column.activity, []))
            for column, cell in zip(board.columns, row.cells, strict=True)
        ],
        "pinned": run.pinned_sets.order_by("key"),
        "story": story_of(run, {column.activity: column.title for column in board.columns}, tries),
    }
    return render(request, "training/learner.html", context)


@require_GET
@for_trainer
def attempt(request: HttpRequest, cohort: Cohort, enrolment: UUID, attempt: UUID) -> HttpResponse:
    """An attempt that was handed in, as it was shown to the learner, in the language they took it in."""
    run = _run_or_404(request, cohort, enrolment)
    scored = Attempt.objects.filter(link__enrolment=run, state=AttemptState.SCORED)
    found = get_object_or_404(scored.select_related("assessment"), uuid=attempt)
    result = found.result
    context = {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "run": run,
        "attempt": found,
        "result": result,
        "points": points_in_words(result.points) if result else "",
        "max_score": points_in_words(result.max_score) if result else "",
        "questions": reviewed(found),
    }
    return render(request, "training/attempt.html", context)
