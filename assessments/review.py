"""What a learner sees of an attempt at a moment: the review matrix, enforced in this one place.

Trainers see all of an attempt (`queries.reviewed`); whatever a learner is sent of one that was handed in passes
through here. What is withheld is not put in and hidden: it is never put in. Where a rule withholds anything, a question
is built from what was asked, and only what the rule names is added to it. Whether an attempt was passed is always said,
because a certificate or another attempt follows from it; its points may be withheld.
Source: docs/decisions/0065-rules-of-an-attempt.md.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from .assessment_rules import EVERYTHING, overall_feedback
from .choices import Moment, Shown
from .models import Attempt
from .queries import ChoiceShown, Question, questions_of, reviewed

JUST_AFTER = timedelta(hours=1)
FITS, PARTLY, NOT = _("This fits."), _("This fits in part."), _("This does not fit.")


def moment_of(handed_in_at: datetime | None, closes_at: datetime | None, at: datetime) -> Moment:
    """Which column of the matrix applies. Pure; a quiz without a closing date never closes."""
    if handed_in_at is None:
        return Moment.DURING
    if closes_at is not None and at >= closes_at:
        return Moment.AFTER_CLOSE
    return Moment.JUST_AFTER if at < handed_in_at + JUST_AFTER else Moment.WHILE_OPEN


@dataclass(frozen=True)
class Review:
    """An attempt as its learner may see it now. `judged` is, by position, whether an answer fits, in words."""

    shown: frozenset[str]
    questions: list[Question]
    judged: dict[int, str]
    overall: str = ""

    @property
    def withholds(self) -> bool:
        """Whether there is more than is shown now."""
        return bool(EVERYTHING - self.shown)

    @property
    def shows_points(self) -> bool:
        return Shown.SCORE in self.shown

    @property
    def shows_answers(self) -> bool:
        return Shown.RIGHT_ANSWER in self.shown


def shown_of(attempt: Attempt, at: datetime) -> frozenset[str]:
    """What the attempt's own matrix shows at a moment."""
    return attempt.own_rules.shown_at(moment_of(attempt.handed_in_at, None, at))


def review_of(attempt: Attempt, at: datetime) -> Review:
    """A scored attempt as its learner may see it at a moment. Raises ValueError for one that is not scored."""
    shown = shown_of(attempt, at)
    whole = reviewed(attempt)
    asked = [] if shown == EVERYTHING else questions_of(attempt)
    result = attempt.result
    return Review(
        shown=shown,
        questions=whole if shown == EVERYTHING else [cut(*pair, shown) for pair in zip(asked, whole, strict=True)],
        judged={one.position: judged(one) for one in whole} if Shown.CORRECTNESS in shown else {},
        overall=overall_feedback(attempt.own_rules, result.share, attempt.language)
        if result and Shown.OVERALL in shown
        else "",
    )


def judged(question: Question) -> str:
    """Whether an answer fits, in words; nothing of one that nobody scored."""
    if question.points is None or not question.max_score:
        return ""
    if question.points >= question.max_score:
        return str(FITS)
    return str(PARTLY if question.points > 0 else NOT)


def cut(asked: Question, whole: Question, shown: frozenset[str]) -> Question:
    """A question as it was asked, and of what is known of it afterwards what is shown. Pure."""
    found = replace(
        asked,
        sequence=0,
        is_flagged=False,
        text=whole.text if Shown.RESPONSE in shown else "",
        choices=[_choice(*pair, shown) for pair in zip(asked.choices, whole.choices, strict=True)],
    )
    if Shown.SCORE in shown:
        found = replace(found, points=whole.points, max_score=whole.max_score)
    if Shown.EXPLANATION in shown:
        found = replace(found, sources=whole.sources)
    if Shown.COMMENT in shown:
        found = replace(found, marked=whole.marked, criteria=whole.criteria)
    return found


def _choice(asked: ChoiceShown, whole: ChoiceShown, shown: frozenset[str]) -> ChoiceShown:
    return replace(
        asked,
        is_chosen=whole.is_chosen and Shown.RESPONSE in shown,
        is_answer=whole.is_answer if Shown.RIGHT_ANSWER in shown else None,
        explanation=whole.explanation if Shown.EXPLANATION in shown else "",
    )
