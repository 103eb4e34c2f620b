"""Results by learning outcome: how a cohort answers the questions behind each; of private banks only how many."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import LearningOutcome
from enrolments.models import Cohort

from ..spreadsheets import Cell
from .answers import Answered, answered_in
from .private_banks import notes_on, tells_points
from .quiz_answers import quizzes_of
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
    """What is right or wrong by a key, texts that a person marks, what must not be told: never added up together."""

    keyed: Tally = field(default_factory=Tally)
    marked: Tally = field(default_factory=Tally)
    untold: Tally = field(default_factory=Tally)

    def count(self, one: Answered, *, is_told: bool = True) -> None:
        """`is_told`: whether what it earned may be said where this is shown."""
        told = self.marked if one.is_marked else self.keyed
        (told if is_told else self.untold).count(one)

    @property
    def people(self) -> int:
        return len(self.keyed.runs | self.marked.runs | self.untold.runs)


def tallies(cohort: Cohort, told: Collection[int]) -> dict[int, Tallies]:
    """Of each learning outcome, by its key. `told`: the quizzes of which may be said what answers earned."""
    found: dict[int, Tallies] = defaultdict(Tallies)
    for one in answered_in(cohort):
        if one.is_first:
            found[one.outcome].count(one, is_told=one.quiz in told)
    return found


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for each learning outcome of the course that is not retired, or was answered."""
    quizzes = list(quizzes_of(cohort))
    told = {one.pk for one in quizzes if tells_points(one)}
    has_untold = len(told) < len(quizzes)
    found = tallies(cohort, told)
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
            *([Heading(_("First answers, private banks"), is_number=True)] if has_untold else ()),
        ],
        rows=[_row(one, found.get(one.pk, Tallies()), has_untold=has_untold) for one in outcomes],
        links=[reverse("cohort_outcome", args=[cohort.uuid, one.uuid]) for one in outcomes],
        notes=[
            _("Texts that a person marks are neither right nor wrong: they stand apart, with the mean share of their "
              "points. A text that was left empty counts with none."),
            _("Results that were recorded without an attempt here say nothing of single questions and are not in it."),
            *notes_on(quizzes),
        ],
        empty=_("This course has no learning outcomes yet."),
    )  # fmt: skip


def _row(one: LearningOutcome, its: Tallies, *, has_untold: bool) -> list[Cell]:
    keyed, marked = its.keyed, its.marked
    first = [keyed.first, int(keyed.earned), keyed.percent]
    untold = [its.untold.first] if has_untold else []
    return [one.code, one.statement, its.people, *first, marked.first, marked.percent, *untold]
