"""An attempt's result for its learner: by learning outcome, what to read again, and beside the other attempts."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from assessments.choices import AttemptState, Reveal
from assessments.models import Attempt, Score
from assessments.parts import Part, by_part, points_of_part
from assessments.queries import Question
from assessments.review import Review, shown_of
from courses.models import LearningOutcome
from enrolments.outcomes import Outcomes, outcomes_of

from .outline import Outline
from .reading_again import Reading, Section, lessons_for, lessons_named, readings, sections_for, sources_of_lessons
from .rules_words import counts_in_words
from .words import judged_in_words, points_of


@dataclass
class OutcomeResult:
    """What one learning outcome came to in one attempt, and over the course where a floor is asked."""

    outcome: LearningOutcome
    points: Fraction = Fraction(0)
    max_score: Fraction = Fraction(0)
    sources_missed: set[int] = field(default_factory=set)  # of questions that name no section
    sections_missed: list[Section] = field(default_factory=list)
    is_below: bool = False  # what the course asks, over all attempts
    pooled: str = ""
    read_again: list[Reading] = field(default_factory=list)

    @property
    def statement(self) -> str:
        return self.outcome.statement

    @property
    def earned(self) -> str:
        return points_of(self.points, self.max_score)

    @property
    def lost(self) -> Fraction:
        return self.max_score - self.points


def what_it_came_to(attempt: Attempt, review: Review | None, outline: Outline, *, at: datetime) -> dict[str, Any]:
    """What the result page says besides the questions themselves."""
    rows = by_outcome(attempt, review, outcomes_of(attempt.link.enrolment), outline, at=at)
    worst = weakest(rows)
    return {
        "parts": part_results(attempt, review) if review else [],
        "outcomes": rows,
        "reads_again": bool(review and review.judged) and any(row.read_again for row in rows),
        "weakest": worst.statement if worst else "",
        "compared": compared(attempt, at),
        "counts_in_words": counts_in_words(attempt.own_rules),
        "asks_certainty": attempt.own_rules.asks_certainty,
    }


@dataclass(frozen=True)
class PartResult:
    """A part of a scored attempt: what it came to, if that is shown, and each question with whether it fits."""

    part: Part
    earned: str
    questions: list[tuple[Question, str]]


def part_results(attempt: Attempt, review: Review) -> list[PartResult]:
    """The attempt part by part; of one without parts, all of it. Points are those of the questions as cut."""
    found = []
    for part, questions in by_part(attempt, review.questions):
        points = points_of_part(questions) if part.is_named else None
        judged = [(one, judged_in_words(one, review)) for one in questions]
        found.append(PartResult(part, points_of(*points) if points else "", judged))
    return found


def by_outcome(
    attempt: Attempt, review: Review | None, outcomes: Outcomes, outline: Outline, *, at: datetime
) -> list[OutcomeResult]:
    """The learning outcomes of a scored attempt by their code; none where points are not shown now."""
    rows = points_by_outcome(attempt, review)
    sources = sources_of_lessons(outline) if any(row.sources_missed for row in rows) else {}
    named = [section for row in rows for section in row.sections_missed]
    pages = lessons_named(named, attempt.language) if named else {}
    below = [row for row in rows if outcomes.is_below(row.outcome.pk)]
    tells_all = bool(below) and _tells_all_points(attempt, at)
    for row in below:
        known = outcomes.by_outcome[row.outcome.pk]
        row.is_below, row.pooled = True, points_of(known.points, known.max_score) if tells_all else ""
    for row in rows:
        sections = sections_for(row.sections_missed, pages)
        row.read_again = readings(sections, lessons_for(row.sources_missed, outline, sources))
    return rows


def points_by_outcome(attempt: Attempt, review: Review | None) -> list[OutcomeResult]:
    """What each learning outcome came to in the attempt alone; none where points are not shown now."""
    result = attempt.result
    if result is None or review is None or not review.shows_points:
        return []
    rows: dict[int, OutcomeResult] = {}
    scores = result.scores.select_related("response__place__item_version__learning_outcome", "response__place__item")
    for score in scores.prefetch_related("response__place__item_version__sources"):
        _count(rows, score)
    return sorted(rows.values(), key=lambda row: row.outcome.code)


def _count(rows: dict[int, OutcomeResult], score: Score) -> None:
    version = score.response.place.item_version
    row = rows.setdefault(version.learning_outcome_id, OutcomeResult(version.learning_outcome))
    row.points, row.max_score = row.points + score.points, row.max_score + score.max_score
    if score.points < score.max_score:
        item = score.response.place.item
        if item.lesson_id:
            row.sections_missed.append((item.lesson_id, item.section))
        else:
            row.sources_missed |= {source.pk for source in version.sources.all()}


def _tells_all_points(attempt: Attempt, at: datetime) -> bool:
    """Whether every attempt of the run shows its points now; else a sum over them would tell those withheld."""
    scored = Attempt.objects.filter(run_id=attempt.run_id, state=AttemptState.SCORED)
    return all(Reveal.SCORE in shown_of(one, at) for one in scored)


def weakest(rows: list[OutcomeResult]) -> OutcomeResult | None:
    """The one most points were lost on; None if none were."""
    losing = [row for row in rows if row.lost > 0]
    return max(losing, key=lambda row: row.lost, default=None)


@dataclass(frozen=True)
class Beside:
    """One attempt beside the others."""

    attempt: Attempt
    points: str
    passed: bool
    is_this: bool


def compared(attempt: Attempt, at: datetime) -> list[Beside]:
    """All scored attempts of the run at this quiz, oldest first; none where there is only one."""
    others = Attempt.objects.filter(
        assessment=attempt.assessment_id, run_id=attempt.run_id, state=AttemptState.SCORED
    ).prefetch_related("results")
    rows = [_beside(one, attempt, at) for one in others.order_by("number")]
    return rows if len(rows) > 1 else []


def _beside(one: Attempt, this: Attempt, at: datetime) -> Beside:
    result = one.result
    told = result is not None and Reveal.SCORE in shown_of(one, at)
    return Beside(
        attempt=one,
        points=points_of(result.points, result.max_score) if result and told else "",
        passed=bool(result and result.passed),
        is_this=one.pk == this.pk,
    )
