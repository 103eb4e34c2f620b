"""One learner of a cohort: where they stand with each activity, and what happened, in order."""

from collections.abc import Mapping
from typing import Any
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
from enrolments.moving import open_moves
from player.words import points_in_words, points_of

from ..doors import for_trainer
from ..how_far import Share, each_begun, titles_of_sets
from ..reports.table import share_in_words
from .earned import certificates_of
from .granting import granted_so_far, what_may_be_granted
from .how_given import HowGiven, how_given
from .learners import run_or_404
from .reading import Row, board_of
from .story import story_of, tries_at
from .words import why, written


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, enrolment: UUID) -> HttpResponse:
    """The row of the board in words, and the story behind it. Each cell of the board leads to its activity here."""
    run = run_or_404(request, cohort, enrolment)
    return render(request, "training/learner.html", {**_frame(cohort), **standing_of(run, for_trainer=True)})


def _frame(cohort: Cohort) -> dict[str, Any]:
    """What the pages of a trainer stand in; a supervisor has a frame of their own (supervised.py)."""
    return {"frame": "training/cohort.html", "cohort": cohort, "tab": "board", "nav_current": "learning"}


def standing_of(run: Enrolment, *, for_trainer: bool) -> dict[str, Any]:
    """What the page of one learner says. A supervisor reads it; what is granted, written and done is the trainer's."""
    board = board_of(run.cohort, at=timezone.now(), only=run)
    row = next(iter(board.rows), None)
    if row is None:
        raise Http404
    tries = tries_at(run)
    titles = {column.activity: column.title for column in board.columns}
    quizzes = [column.activity for column in board.columns if column.is_quiz]
    grants = what_may_be_granted(run, quizzes) if for_trainer else {}
    of_trainer = _of_trainer(run, row, titles) if for_trainer else {}
    return {
        **of_trainer,
        "for_trainer": for_trainer,
        "run": run,
        "row": row,
        "why": why(row.need, board.today) if row.need else "",
        "activities": [
            (column, cell, tries.get(column.activity, []), grants.get(column.activity, []))
            for column, cell in zip(board.columns, row.cells, strict=True)
        ],
        "how_far": each_begun(shares_of(run, titles_of_sets()), _done_of_all),
        "certificates": certificates_of(run),
        "story": story_of(run, titles, tries, for_trainer=for_trainer),
    }


def _of_trainer(run: Enrolment, row: Row, titles: dict[int, str]) -> dict[str, Any]:
    return {
        **granted_so_far(run, titles),
        "written": written(row.written_on, seen_since=row.seen_since) if row.written_on else "",
        "moves": open_moves(run.state),
    }


def shares_of(run: Enrolment, titles: Mapping[tuple[int, str], str]) -> list[Share]:
    """How far each requirement set is met; `titles` (of `titles_of_sets`) are of what they earn."""
    return [
        Share(titles.get((run.course_id, one.key)) or one.key, one.done_count, one.required_count, one.percent)
        for one in sorted(run.pinned_sets.all(), key=lambda one: str(one.key))
    ]


def _done_of_all(share: Share) -> str:
    return share_in_words(share.done, share.required)


@require_GET
@for_trainer
def attempt(request: HttpRequest, cohort: Cohort, enrolment: UUID, attempt: UUID) -> HttpResponse:
    """An attempt that was handed in, as it was shown to the learner, in the language they took it in."""
    run = run_or_404(request, cohort, enrolment)
    return render(request, "training/attempt.html", {**_frame(cohort), **attempt_of(run, attempt)})


def attempt_of(run: Enrolment, attempt: UUID) -> dict[str, Any]:
    """What the page of one scored attempt says."""
    scored = Attempt.objects.filter(link__enrolment=run, state=AttemptState.SCORED)
    found = get_object_or_404(scored.select_related("assessment"), uuid=attempt)
    result = found.result
    return {
        "run": run,
        "attempt": found,
        "result": result,
        "points": points_in_words(result.points) if result else "",
        "max_score": points_in_words(result.max_score) if result else "",
        "parts": _parts(found),
    }


def _parts(attempt: Attempt) -> list[tuple[Part, list[tuple[Question, HowGiven]], str]]:
    """Each part with its questions and how they were answered; where it has a name, what it came to in words."""
    given, found = how_given(attempt), []
    for part, questions in by_part(attempt, reviewed(attempt)):
        points = points_of_part(questions) if part.is_named else None
        answered = [(question, given[question.position]) for question in questions]
        found.append((part, answered, points_of(*points) if points else ""))
    return found
