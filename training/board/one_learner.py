"""One learner of a cohort: where they stand with each activity, and what happened, in order."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.choices import AttemptState
from assessments.models import Attempt
from assessments.parts import Part, by_part, points_of_part
from assessments.queries import Question, reviewed
from enrolments.models import Cohort, Enrolment
from player.words import points_in_words, points_of

from ..doors import for_trainer
from ..how_far import Share, each_begun, titles_of_sets
from ..reports.table import share_in_words
from .certificate_acts import certificates_of
from .granting import granted_so_far, what_may_be_granted
from .how_given import HowGiven, how_given
from .learners import run_or_404
from .reading import board_of
from .story import story_of, tries_at
from .words import why, written


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, enrolment: UUID) -> HttpResponse:
    """The row of the board in words, and the story behind it. Each cell of the board leads to its activity here."""
    run = run_or_404(request, cohort, enrolment)
    board = board_of(cohort, at=timezone.now(), only=run)
    row = next(iter(board.rows), None)
    if row is None:
        raise Http404
    tries = tries_at(run)
    titles = {column.activity: column.title for column in board.columns}
    grants = what_may_be_granted(run, [column.activity for column in board.columns if column.is_quiz])
    context = {
        **granted_so_far(run, titles),
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "run": run,
        "row": row,
        "why": why(row.need, board.today) if row.need else "",
        "written": written(row.written_on, seen_since=row.seen_since) if row.written_on else "",
        "activities": [
            (column, cell, tries.get(column.activity, []), grants.get(column.activity, []))
            for column, cell in zip(board.columns, row.cells, strict=True)
        ],
        "how_far": _how_far(run),
        "certificates": certificates_of(run),
        "story": story_of(run, titles, tries),
    }
    return render(request, "training/learner.html", context)


def _how_far(run: Enrolment) -> list[tuple[str, str]]:
    """What each requirement set earns, and how much of it is done."""
    titles = titles_of_sets()
    shares = [
        Share(titles.get((run.course_id, one.key)) or one.key, one.done_count, one.required_count, one.percent)
        for one in run.pinned_sets.order_by("key")
    ]
    return each_begun(shares, lambda one: share_in_words(one.done, one.required))


@require_GET
@for_trainer
def attempt(request: HttpRequest, cohort: Cohort, enrolment: UUID, attempt: UUID) -> HttpResponse:
    """An attempt that was handed in, as it was shown to the learner, in the language they took it in."""
    run = run_or_404(request, cohort, enrolment)
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
        "parts": _parts(found),
    }
    return render(request, "training/attempt.html", context)


def _parts(attempt: Attempt) -> list[tuple[Part, list[tuple[Question, HowGiven]], str]]:
    """Each part with its questions and how they were answered; where it has a name, what it came to in words."""
    given, found = how_given(attempt), []
    for part, questions in by_part(attempt, reviewed(attempt)):
        points = points_of_part(questions) if part.is_named else None
        answered = [(question, given[question.position]) for question in questions]
        found.append((part, answered, points_of(*points) if points else ""))
    return found
