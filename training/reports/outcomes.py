"""Results by learning outcome: how a cohort answers the questions behind each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import LearningOutcome
from enrolments.models import Cohort

from .answers import answered_in
from .table import Heading, Report, percent


@dataclass
class Tally:
    """How many learners answered, how often for the first time, and how often right then."""

    runs: set[int] = field(default_factory=set)
    first: int = 0
    right: int = 0

    @property
    def percent(self) -> int | None:
        return percent(self.right, self.first)


def tallies(cohort: Cohort) -> dict[int, Tally]:
    """Of each learning outcome, by its key."""
    found: dict[int, Tally] = defaultdict(Tally)
    for one in answered_in(cohort):
        if one.is_first:
            tally = found[one.outcome]
            tally.runs.add(one.run)
            tally.first += 1
            tally.right += one.is_right
    return found


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for each learning outcome of the course that is not retired, or was answered."""
    found = tallies(cohort)
    outcomes = [
        one
        for one in LearningOutcome.objects.filter(course=cohort.course).select_related("module")
        if one.retired_at is None or one.pk in found
    ]
    return Report(
        title=_("Results by learning outcome"),
        about=_("How the cohort answers the questions behind each learning outcome when somebody first meets them."),
        headings=[
            Heading(_("Code")), Heading(_("Learning outcome")), Heading(_("Trainees who answered"), is_number=True),
            Heading(_("First answers"), is_number=True), Heading(_("Right at the first try"), is_number=True),
            Heading(_("Per cent"), is_number=True),
        ],
        rows=[
            [one.code, one.statement, len(tally.runs), tally.first, tally.right, tally.percent]
            for one in outcomes
            for tally in [found.get(one.pk, Tally())]
        ],
        links=[reverse("cohort_outcome", args=[cohort.uuid, one.uuid]) for one in outcomes],
        notes=[
            _("Results that were recorded without an attempt here say nothing of single questions and are not in it."),
        ],
        empty=_("This course has no learning outcomes yet."),
    )  # fmt: skip
