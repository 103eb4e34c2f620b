"""The learners somebody supervises by appointment: a list of them, and the page of each, to be read."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from enrolments.models import Enrolment
from people.choices import Agency
from people.models import User

from ..doors import for_supervisor
from ..how_far import in_few_words, titles_of_sets
from .learners import supervised_by
from .one_learner import attempt_of, shares_of, standing_of

_FRAME = {"frame": "training/supervised.html", "nav_current": "learning"}


@dataclass(frozen=True)
class Supervised:
    """One of them, and how far they are, in few words."""

    run: Enrolment
    how_far: list[str]

    @property
    def agency_label(self) -> str:
        return str(Agency(self.run.agency).label)


@require_GET
@for_supervisor
def index(request: HttpRequest) -> HttpResponse:
    """Everybody the person is appointed to supervise, by name."""
    runs = supervised_by(cast(User, request.user)).select_related("learner", "cohort", "booked_by")
    titles = titles_of_sets()
    people = [
        Supervised(run, in_few_words(shares_of(run, titles)))
        for run in runs.prefetch_related("pinned_sets").order_by("learner__name", "pk")
    ]
    return render(request, "training/supervising.html", {**_FRAME, "people": people})


@require_GET
@for_supervisor
def show(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Where one of them stands and what happened: as their trainer sees it, with nothing to press."""
    run = _run_or_404(request, enrolment)
    return render(request, "training/learner.html", {**_FRAME, **standing_of(run, for_trainer=False)})


@require_GET
@for_supervisor
def attempt(request: HttpRequest, enrolment: UUID, attempt: UUID) -> HttpResponse:
    """An attempt of theirs that was handed in and scored, as it was shown to them."""
    run = _run_or_404(request, enrolment)
    return render(request, "training/attempt.html", {**_FRAME, **attempt_of(run, attempt)})


def _run_or_404(request: HttpRequest, enrolment: UUID) -> Enrolment:
    mine = supervised_by(cast(User, request.user)).select_related("learner", "booked_by", "course", "cohort__course")
    found: Enrolment = get_object_or_404(mine, uuid=enrolment)
    return found
