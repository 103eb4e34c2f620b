"""A trainer puts one learner on leave, notes that they are back, or ends their course: asked first, then done."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enrolments.choices import EnrolmentState, LearnerMove
from enrolments.models import Cohort, Enrolment
from enrolments.moving import changes_so_far, move_learner, open_moves
from people.models import User

from ..doors import for_trainer
from .forms import MoveForm
from .learners import run_or_404


@require_http_methods(["GET", "POST"])
@for_trainer
def move(request: HttpRequest, cohort: Cohort, enrolment: UUID, move: LearnerMove) -> HttpResponse:
    """GET says what will happen; POST does it, once. A page that is out of date is shown again, with what was typed."""
    run = run_or_404(request, cohort, enrolment, with_left=True)
    if move not in open_moves(run.state):
        messages.info(request, _already(run))
        return _away(cohort, run)
    form = MoveForm(request.POST if request.method == "POST" else None, move=move)
    status, is_stale = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if move_learner(run, move, **form.cleaned_data, by=cast(User, request.user), at=timezone.now()):
                messages.success(request, _done(move) % {"name": run.learner})
                run.refresh_from_db()
                return _away(cohort, run)
            status, is_stale = 409, True
    context = {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "run": run,
        "move": move,
        "form": form,
        "seen": changes_so_far(run),
        "is_stale": is_stale,
    }
    return render(request, "training/move.html", context, status=status)


def _away(cohort: Cohort, run: Enrolment) -> HttpResponse:
    """Back to the learner; whoever has left has no page any more."""
    if run.state == EnrolmentState.WITHDRAWN:
        return redirect("cohort_board", cohort.uuid)
    return redirect("cohort_learner", cohort.uuid, run.uuid)


def _already(run: Enrolment) -> str:
    if run.state == EnrolmentState.WITHDRAWN:
        return _("They have left the course already. Nothing has changed.")
    values = {"name": run.learner, "state": run.get_state_display()}
    return _("%(name)s stands as “%(state)s” now, so nothing has changed.") % values


def _done(move: LearnerMove) -> str:
    return {
        LearnerMove.LEAVE: _("%(name)s is on leave, and is told by e-mail."),
        LearnerMove.BACK: _("%(name)s is back from leave, and is told by e-mail."),
        LearnerMove.END: _("%(name)s has left the course, and is told by e-mail."),
    }[move]
