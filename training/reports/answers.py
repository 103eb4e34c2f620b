"""What a cohort answered, read once: the scores that results which stand were made of, oldest attempts first."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assessments.choices import AttemptState
from assessments.models import Score
from courses.models import LearningOutcome
from enrolments.choices import EnrolmentState
from enrolments.models import Cohort


@dataclass(frozen=True, slots=True)
class Answered:
    """One question that one learner answered. `is_first`: they had not met it before."""

    run: int
    agency: str
    outcome: int
    item: int
    version: int
    points: Fraction
    max_score: Fraction
    is_first: bool

    @property
    def is_right(self) -> bool:
        """All of its points."""
        return self.points >= self.max_score


def answered_in(cohort: Cohort, *, outcome: LearningOutcome | None = None) -> Iterator[Answered]:
    """Everything the cohort answered, or what belongs to one learning outcome, in one statement.

    Whoever left or was erased is not in it, nor an attempt that was set aside.
    """
    attempt = "response__place__attempt__"
    scores = (
        Score.objects.filter(
            results__successor=None,
            **{f"{attempt}link__enrolment__cohort": cohort, f"{attempt}link__enrolment__learner__blanked_at": None},
        )
        .filter(results__isnull=False, **{f"{attempt}state": AttemptState.SCORED})
        .exclude(**{f"{attempt}link__enrolment__state": EnrolmentState.WITHDRAWN})
        .exclude(max_score=0)  # what earns nothing is neither right nor wrong
    )
    if outcome:
        scores = scores.filter(response__place__item_version__learning_outcome=outcome)
    columns = scores.order_by(f"{attempt}number", "pk").values_list(
        f"{attempt}link__enrolment", f"{attempt}link__enrolment__agency",
        "response__place__item_version__learning_outcome", "response__place__item", "response__place__item_version",
        "points", "max_score",
    )  # fmt: skip
    met: set[tuple[int, int]] = set()
    for run, agency, belongs_to, item, version, points, max_score in columns.iterator(chunk_size=2000):
        is_first = (run, item) not in met
        met.add((run, item))
        yield Answered(run, agency, belongs_to, item, version, points, max_score, is_first)
