"""A cohort's planned dates: set on a page of their own, and shown against what was done on the board."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enrolments.models import Cohort
from enrolments.planned_dates import ChangedMeanwhile, planned_dates, set_planned_dates
from people.models import User

from ..board.reading import Board, columns_of
from ..doors import for_trainer
from .drawing import drawing_of, in_words
from .forms import DatesForm
from .lines import against_plan, suggested_for


def plan_of(cohort: Cohort, board: Board) -> dict[str, Any]:
    """What the board shows of the plan: the drawing and the table beside it."""
    suggested = not board.planned
    against = against_plan(board, board.planned or suggested_for(cohort, board.columns), is_suggested=suggested)
    return {"against": against, "drawing": drawing_of(against), "against_words": in_words(against)}


@require_http_methods(["GET", "POST"])
@for_trainer
def show(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Every part with its day. Where nothing is planned the course's own pace stands in the fields."""
    now, columns = planned_dates(cohort), columns_of(cohort)
    is_suggested = not now or "suggest" in request.GET
    shown = suggested_for(cohort, columns) if is_suggested else now
    data = request.POST if request.method == "POST" else None
    form = DatesForm(data, cohort=cohort, columns=columns, now=now, shown=shown)
    others: dict[str, Any] = {}
    if form.is_valid():
        try:
            by, at = cast(User, request.user), timezone.now()
            set_planned_dates(cohort, form.dates(), seen=form.cleaned_data["seen"], by=by, at=at)
        except ChangedMeanwhile as changed:
            others = {column.title: now[column.activity] for column in columns if column.activity in now}
            form.see(now)
            form.add_error(None, str(changed))
        else:
            messages.success(request, _("The dates are planned. Trainees see them on My learning."))
            return redirect("cohort_board", cohort.uuid)
    context = {
        "cohort": cohort,
        "tab": "plan",
        "nav_current": "learning",
        "form": form,
        "is_suggested": is_suggested and not form.is_bound,
        "has_dates": bool(now),
        "others": others,
    }
    return render(request, "training/planned.html", context, status=422 if form.is_bound else 200)
