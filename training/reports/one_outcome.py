"""One learning outcome: how a cohort and its agencies do on it, and the questions behind it. Nobody is named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from toolkit.by_language import in_language

from assessments.models import ItemVersion
from courses.models import LearningOutcome
from enrolments.models import Cohort
from people.choices import Agency

from ..doors import for_trainer
from ..givers import Giver
from .agencies import Group, groups_of
from .answers import Answered, answered_in
from .outcomes import Tallies
from .quiz_answers import quizzes_of
from .quiz_keys import key_of
from .table import percent


@dataclass(frozen=True)
class Question:
    """A question as it was worded when it was last met, and how it was answered at the first try."""

    prompt: str
    is_marked: bool
    answered: int
    earned: int | Fraction

    @property
    def percent(self) -> int | None:
        return percent(self.earned, self.answered)


@dataclass(frozen=True)
class AgencyRow:
    """One agency of five people or more, or several small ones together."""

    words: str
    people: int
    first: int
    earned: int | Fraction

    @property
    def percent(self) -> int | None:
        return percent(self.earned, self.first)


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, outcome: UUID) -> HttpResponse:
    """The page. Other courses' outcomes are not found."""
    found = get_object_or_404(LearningOutcome.objects.select_related("module"), uuid=outcome, course=cohort.course)
    answered = list(answered_in(cohort, outcome=found))
    first = [one for one in answered if one.is_first]
    context = {
        **Giver(cohort=cohort).context("reports"),
        "nav_current": "learning",
        "outcome": found,
        "tally": _tally(first),
        "agencies": _agencies(one for one in first if not one.is_marked),
        "writing_agencies": _agencies(one for one in first if one.is_marked),
        "questions": _questions(answered),
        "quizzes": _quizzes(cohort, answered),
    }
    return render(request, "training/outcome.html", context)


def _quizzes(cohort: Cohort, answered: list[Answered]) -> list[tuple[str, str]]:
    """Title and address of how many chose what, for each quiz that asked a question of it."""
    asked = quizzes_of(cohort).filter(pk__in={one.quiz for one in answered})
    return [(one.title, reverse("cohort_report", args=[cohort.uuid, key_of(one.activity_id)])) for one in asked]


def _tally(first: list[Answered]) -> Tallies:
    tally = Tallies()
    for one in first:
        tally.count(one)
    return tally


def _agencies(first: Iterable[Answered]) -> list[AgencyRow]:
    """Of answers of one kind: five people who answered and one who wrote make no row of one person's mean."""
    by_agency: dict[str, list[Answered]] = defaultdict(list)
    for one in first:
        by_agency[one.agency].append(one)
    groups = groups_of(
        {
            agency: Group((agency,), len({one.run for one in those}), len(those), sum(one.earned for one in those))
            for agency, those in by_agency.items()
        }
    )
    return [AgencyRow(_in_words(one.agencies), one.people, one.first, one.earned) for one in groups]


def _in_words(agencies: tuple[str, ...]) -> str:
    names = [str(Agency(agency).label) for agency in agencies]
    return names[0] if len(names) == 1 else _("Together: %(agencies)s") % {"agencies": ", ".join(names)}


def _questions(answered: list[Answered]) -> list[Question]:
    """The one that was least often right, or earned the smallest share, first."""
    by_item: dict[int, list[Answered]] = defaultdict(list)
    for one in answered:
        by_item[one.item].append(one)
    latest = {item: max(one.version for one in those) for item, those in by_item.items()}
    texts = dict(ItemVersion.objects.filter(pk__in=latest.values()).values_list("pk", "texts"))
    questions = []
    for item, those in by_item.items():
        first = [one for one in those if one.is_first]
        prompt = in_language({language: words["prompt"] for language, words in texts[latest[item]].items()})
        earned = sum(one.earned for one in first)
        questions.append(Question(prompt, those[0].is_marked, len(first), earned))
    return sorted(questions, key=lambda one: (one.percent or 0, -one.answered, one.prompt))
