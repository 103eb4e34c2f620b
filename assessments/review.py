"""What a learner sees of an attempt at a moment: the review matrix, enforced in this one place.

Trainers see all of an attempt (`queries.reviewed`); whatever a learner is sent of one that was handed in passes
through here. What is withheld is not put in and hidden: it is never put in. Where a rule withholds anything, a question
is built from what was asked, and only what the rule names is added to it. Whether an attempt was passed is always said,
because a certificate or another attempt follows from it; its points may be withheld.
Source: docs/decisions/0065-rules-of-an-attempt.md.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from .assessment_rules import EVERYTHING, overall_feedback
from .choices import Moment, Reveal
from .items import PartShown, item_type
from .models import Attempt
from .queries import ChoiceShown, Question, questions_of, reviewed, waiting
from .settling import last_responses
from .tries import share_of

JUST_AFTER = timedelta(hours=1)
# Marks may be kept back for 40 days (Data Protection Act 2018, Schedule 2, paragraph 25), whatever a matrix says.
LONGEST_WAIT = timedelta(days=40)
TOLD = {Reveal.RIGHT_ANSWER, Reveal.EXPLANATION}
NOT_YET = _("not shown yet")
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
    def withheld(self) -> list[str]:
        """What is not shown now, in words."""
        return [str(one.label) for one in Reveal if one not in self.shown]

    @property
    def shows_points(self) -> bool:
        return Reveal.SCORE in self.shown

    @property
    def shows_answers(self) -> bool:
        return Reveal.RIGHT_ANSWER in self.shown

    @property
    def shows_explanations(self) -> bool:
        return Reveal.EXPLANATION in self.shown


def shown_of(attempt: Attempt, at: datetime) -> frozenset[str]:
    """What the attempt's own matrix shows at a moment."""
    return attempt.own_rules.shown_at(moment_of(attempt.handed_in_at, attempt.closes_at, at))


def review_of(attempt: Attempt, at: datetime) -> Review:
    """A scored attempt as its learner may see it at a moment. Raises ValueError for one that is not scored."""
    shown = shown_of(attempt, at)
    whole = reviewed(attempt)
    asked = [] if shown == EVERYTHING else questions_of(attempt)
    result = attempt.result
    return Review(
        shown=shown,
        questions=whole if shown == EVERYTHING else [cut(*pair, shown) for pair in zip(asked, whole, strict=True)],
        judged=_judged(attempt, whole) if Reveal.CORRECTNESS in shown else {},
        overall=overall_feedback(attempt.own_rules, result.share, attempt.language)
        if result and Reveal.OVERALL in shown
        else "",
    )


def waiting_of(attempt: Attempt, at: datetime) -> list[Question]:
    """All items of an attempt at a marker as its learner may see them: what came back, and what was answered."""
    found = waiting(attempt)
    if Reveal.RESPONSE in shown_of(attempt, at):
        return found
    return [one if one.returned else cut(one, one, frozenset()) for one in found]


def points_to_download(attempt: Attempt, points: Fraction | str, at: datetime) -> str:
    """Points as somebody's own data has them: once they are shown, or the law lets nobody wait."""
    return str(points if _may_download({Reveal.SCORE}, attempt, at) else NOT_YET)


def may_download_comment(attempt: Attempt, at: datetime) -> bool:
    """Whether it has what a marker wrote."""
    return _may_download({Reveal.COMMENT}, attempt, at)


def may_download_reason(attempt: Attempt, at: datetime) -> bool:
    """Whether it has why a score was corrected or given anew, which can say what fits."""
    return _may_download(TOLD | {Reveal.COMMENT}, attempt, at)


def _may_download(what: Set[Reveal], attempt: Attempt, at: datetime) -> bool:
    overdue = attempt.handed_in_at is not None and at >= attempt.handed_in_at + LONGEST_WAIT
    return overdue or what <= shown_of(attempt, at)


def _judged(attempt: Attempt, whole: list[Question]) -> dict[int, str]:
    """By position, whether an answer that can earn something fits, in words; of what a person marked by its points."""
    points = {one.position: one for one in whole}
    found = {}
    for response in last_responses(attempt):
        place = response.place
        if place.item_version.max_score == 0:
            continue
        if item_type(place.item_version.kind).is_marked:
            found[place.position] = _by_points(points[place.position])
        elif response.removed_at is None:
            found[place.position] = fits_in_words(share_of(response, place.item_version))
    return found


def _by_points(question: Question) -> str:
    if question.points is None or not question.max_score:
        return ""
    return fits_in_words(question.points / question.max_score)


def fits_in_words(share: Fraction) -> str:
    """Whether an answer fits."""
    if share >= 1:
        return str(FITS)
    return str(PARTLY if share > 0 else NOT)


def cut(asked: Question, whole: Question, shown: frozenset[str]) -> Question:
    """A question as it was asked, and of what is known of it afterwards what is shown. Pure."""
    said, fits = Reveal.RESPONSE in shown, Reveal.RIGHT_ANSWER in shown
    found = replace(
        asked,
        sequence=0,
        is_flagged=False,
        text=whole.text if said else "",
        answer=whole.answer if said else (),
        unread=whole.unread if said else "",
        choices=_choices(asked.choices, whole.choices, shown),
        parts=[_part(*pair, shown) for pair in zip(asked.parts, whole.parts, strict=True)],
        model=whole.model if fits else "",
    )
    if Reveal.SCORE in shown:
        found = replace(found, points=whole.points, max_score=whole.max_score)
    if Reveal.EXPLANATION in shown:
        found = replace(found, sources=whole.sources, explanation=whole.explanation, checks=whole.checks)
    if shown >= TOLD:
        found = replace(found, scored_anew=whole.scored_anew)
    if Reveal.COMMENT in shown:
        found = replace(found, marked=whole.marked, criteria=whole.criteria)
    return found


def _choices(asked: Sequence[ChoiceShown], whole: Sequence[ChoiceShown], shown: frozenset[str]) -> list[ChoiceShown]:
    """The options that were asked; of those met only afterwards, such as the forms of a word that is typed, all with
    the right answer, else only the learner's own, and that for its explanation."""
    own = {Reveal.RESPONSE, Reveal.EXPLANATION} <= shown
    met = [one for one in whole[len(asked) :] if Reveal.RIGHT_ANSWER in shown or (own and one.is_chosen)]
    return [_choice(*pair, shown) for pair in [*zip(asked, whole, strict=False), *zip(met, met, strict=True)]]


def _choice(asked: ChoiceShown, whole: ChoiceShown, shown: frozenset[str]) -> ChoiceShown:
    return replace(
        asked,
        is_chosen=whole.is_chosen and Reveal.RESPONSE in shown,
        is_answer=whole.is_answer if Reveal.RIGHT_ANSWER in shown else None,
        explanation=whole.explanation if Reveal.EXPLANATION in shown else "",
        note=whole.note if Reveal.RIGHT_ANSWER in shown else "",
    )


def _part(asked: PartShown, whole: PartShown, shown: frozenset[str]) -> PartShown:
    fits = Reveal.RIGHT_ANSWER in shown
    return replace(
        asked,
        options=[_choice(*pair, shown) for pair in zip(asked.options, whole.options, strict=True)],
        typed=whole.typed if Reveal.RESPONSE in shown else "",
        is_right=whole.is_right if Reveal.CORRECTNESS in shown else None,
        answer=whole.answer if fits else "",
        explanation=whole.explanation if Reveal.EXPLANATION in shown else "",
        note=whole.note if fits else "",
    )
