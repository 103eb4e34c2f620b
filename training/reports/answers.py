"""What a cohort answered, read once: the scores that results which stand were made of, oldest attempts first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from assessments.choices import AttemptState
from assessments.items import item_type
from assessments.models import Assessment, Response, Score
from assessments.settling import standing_of
from courses.models import LearningOutcome
from enrolments.choices import EnrolmentState
from enrolments.models import Cohort


@dataclass(frozen=True, slots=True)
class Answered:
    """One question that one learner answered. `is_first`: they had not met it before."""

    run: int
    agency: str
    quiz: int
    outcome: int
    item: int
    version: int
    points: Fraction
    max_score: Fraction
    is_first: bool
    is_marked: bool  # a text that a person marks: nobody calls it right or wrong

    @property
    def earned(self) -> int | Fraction:
        """1 for all of its points and 0 for less; of a marked text the share of its points."""
        return self.points / self.max_score if self.is_marked else int(self.points >= self.max_score)


def answered_in(cohort: Cohort, *, outcome: LearningOutcome | None = None) -> Iterator[Answered]:
    """Everything the cohort answered, or what belongs to one learning outcome, in one statement.

    Whoever left or was erased is not in it, nor an attempt that was set aside.
    """
    attempt = "response__place__attempt__"
    scores = (
        Score.objects.filter(results__successor=None, results__isnull=False, **_scored_in(cohort, attempt))
        .exclude(**{f"{attempt}link__enrolment__state": EnrolmentState.WITHDRAWN})
        .exclude(max_score=0)  # what earns nothing is neither right nor wrong
    )
    if outcome:
        scores = scores.filter(response__place__item_version__learning_outcome=outcome)
    columns = scores.order_by(f"{attempt}number", "pk").values_list(
        f"{attempt}link__enrolment", f"{attempt}link__enrolment__agency", f"{attempt}assessment",
        "response__place__item_version__learning_outcome", "response__place__item", "response__place__item_version",
        "points", "max_score", "response__place__item_version__kind",
    )  # fmt: skip
    met: set[tuple[int, int]] = set()
    for run, agency, quiz, belongs_to, item, version, points, max_score, kind in columns.iterator(chunk_size=2000):
        is_first = (run, item) not in met
        met.add((run, item))
        is_marked = item_type(kind).is_marked
        yield Answered(run, agency, quiz, belongs_to, item, version, points, max_score, is_first, is_marked)


def _scored_in(cohort: Cohort, attempt: str) -> dict[str, Any]:
    """Attempts of people who are still somebody, by the way that leads to an attempt."""
    return {
        f"{attempt}link__enrolment__cohort": cohort,
        f"{attempt}link__enrolment__learner__blanked_at": None,
        f"{attempt}state": AttemptState.SCORED,
    }


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One try of one learner at a question: the value, None once it was removed by its rule, and what it earned."""

    run: int
    quiz: int
    item: int
    version: int
    value: dict[str, Any] | None
    points: Fraction
    max_score: Fraction


def handed_in(cohort: Cohort, quizzes: Iterable[Assessment]) -> Iterator[HandedIn]:
    """Every try of the cohort at what these quizzes ask, each learner's at one quiz in order, in two statements."""
    attempt = "place__attempt__"
    responses = (
        Response.objects.filter(place__attempt__assessment__in=quizzes, **_scored_in(cohort, attempt))
        .exclude(**{f"{attempt}link__enrolment__state": EnrolmentState.WITHDRAWN})
        .order_by(f"{attempt}number", "try_number", "pk")
    )
    earned = _earned_by(responses)
    columns = responses.values_list(
        "pk", f"{attempt}link__enrolment", f"{attempt}assessment", "place__item", "place__item_version", "value",
        "place__item_version__kind",
    )  # fmt: skip
    for pk, run, quiz, item, version, value, kind in columns.iterator(chunk_size=2000):
        if item_type(kind).asks:
            yield HandedIn(run, quiz, item, version, value, *earned.get(pk, (Fraction(0), Fraction(0))))


def _earned_by(responses: QuerySet[Response]) -> dict[int, tuple[Fraction, Fraction]]:
    """By response: the points and the points possible of the score that counts, where there is one."""
    scores = Score.objects.filter(response__in=responses.order_by()).order_by("response", "pk")
    needed = scores.only("response", "supersedes", "scored_by", "points", "max_score").iterator(chunk_size=2000)
    standing = {
        response: standing_of(those) for response, those in groupby(needed, key=lambda score: score.response_id)
    }
    return {response: (score.points, score.max_score) for response, score in standing.items() if score}
