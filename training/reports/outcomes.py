"""Results by learning outcome: how a cohort answers the questions behind each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import LearningOutcome
from enrolments.models import Cohort

from ..spreadsheets import Cell
from .answers import Answered, answered_in
from .table import Heading, Report, percent


@dataclass
class Tally:
    """First answers of one kind: whose, how many, and what they earned: how many were right, or a sum of shares."""

    runs: set[int] = field(default_factory=set)
    first: int = 0
    earned: int | Fraction = 0

    def count(self, one: Answered) -> None:
        self.runs.add(one.run)
        self.first += 1
        self.earned += one.earned

    @property
    def percent(self) -> int | None:
        return percent(self.earned, self.first)


@dataclass
class Tallies:
    """What is right or wrong by a key, and texts that a person marks: never added up together."""

    keyed: Tally = field(default_factory=Tally)
    marked: Tally = field(default_factory=Tally)

    def count(self, one: Answered) -> None:
        (self.marked if one.is_marked else self.keyed).count(one)

    @property
    def people(self) -> int:
        return len(self.keyed.runs | self.marked.runs)


def tallies(cohort: Cohort) -> dict[int, Tallies]:
    """Of each learning outcome, by its key."""
    found: dict[int, Tallies] = defaultdict(Tallies)
    for one in answered_in(cohort):
        if one.is_first:
            found[one.outcome].count(one)
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
            Heading(_("Per cent"), is_number=True), Heading(_("Marked texts"), is_number=True),
            Heading(_("Per cent of their points"), is_number=True),
        ],
        rows=[_row(one, found.get(one.pk, Tallies())) for one in outcomes],
        links=[reverse("cohort_outcome", args=[cohort.uuid, one.uuid]) for one in outcomes],
        notes=[
            _("Texts that a person marks are neither right nor wrong: they stand apart, with the mean share of their "
              "points. A text that was left empty counts with none."),
            _("Results that were recorded without an attempt here say nothing of single questions and are not in it."),
        ],
        empty=_("This course has no learning outcomes yet."),
    )  # fmt: skip


def _row(one: LearningOutcome, its: Tallies) -> list[Cell]:
    keyed, marked = its.keyed, its.marked
    first = [keyed.first, int(keyed.earned), keyed.percent]
    return [one.code, one.statement, its.people, *first, marked.first, marked.percent]
