"""The rules an assessment brings itself: how it gives feedback, what is shown when, which attempt counts. Pure.

How often, how long and from which share on is for requirement sets and cohorts to say (rules.py). An attempt freezes
both as they were when it began. Kept as JSON that holds only what differs from the rules of most; an attempt from
before there were any means what it meant. Source: docs/decisions/0065-rules-of-an-attempt.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .choices import CertaintyUse, Counts, Feedback, Moment, Reveal

MOST_TRIES, MOST_PARTS = 5, 9
LONGEST_TITLE, LONGEST_INTRODUCTION = 150, 2000  # of a part, in characters
EVERYTHING = frozenset(Reveal)
_TOLD_AT_ONCE = EVERYTHING - {Reveal.OVERALL, Reveal.COMMENT}

Review = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class OverallFeedback:
    """What an assessment says to results from this share of the points on, by language."""

    least: Fraction
    texts: Mapping[str, str]


@dataclass(frozen=True)
class AssessmentPart:
    """A part of an assessment: its title, and what is read before its first item, by language."""

    titles: Mapping[str, str]
    introductions: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        return self.titles.get(language) or self.titles["en"]

    def introduction(self, language: str) -> str:
        return self.introductions.get(language) or self.introductions.get("en", "")


@dataclass(frozen=True)
class AssessmentRules:
    """What applies to an attempt from its start to its end, apart from its items."""

    feedback: str = Feedback.DEFERRED
    tries: int = 1  # how often an item may be answered within one attempt
    penalty: Fraction = Fraction(0)  # share of an item's points that each try before the last costs
    certainty: str = CertaintyUse.OFF
    counts: str = Counts.BEST
    is_shuffled: bool = True
    is_forward_only: bool = False
    review: Review = field(default_factory=dict)  # only moments that differ from what is shown by default
    overall: tuple[OverallFeedback, ...] = ()
    parts: tuple[AssessmentPart, ...] = ()  # in order; none where the assessment is one whole

    def shown_at(self, moment: str) -> frozenset[str]:
        """What the review matrix lets a learner see at a moment. What they chose they see while they choose."""
        shown = self.review.get(moment, self._by_default(moment))
        return shown | {Reveal.RESPONSE} if moment == Moment.DURING else shown

    def _by_default(self, moment: str) -> frozenset[str]:
        if moment != Moment.DURING:
            return EVERYTHING
        return frozenset() if self.feedback == Feedback.DEFERRED else _TOLD_AT_ONCE

    @property
    def is_told_at_once(self) -> bool:
        """Whether an answer can be checked before the attempt is handed in."""
        return self.feedback != Feedback.DEFERRED

    @property
    def asks_certainty(self) -> bool:
        return self.certainty != CertaintyUse.OFF

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the rules of most."""
        usual = _written(AssessmentRules())
        return {name: value for name, value in _written(self).items() if value != usual[name]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "AssessmentRules":
        """The rules that were kept; none kept are the rules of most."""
        usual = cls()
        return cls(
            feedback=stored.get("feedback", usual.feedback),
            tries=stored.get("tries", usual.tries),
            penalty=Fraction(stored.get("penalty", usual.penalty)),
            certainty=stored.get("certainty", usual.certainty),
            counts=stored.get("counts", usual.counts),
            is_shuffled=stored.get("shuffle", usual.is_shuffled),
            is_forward_only=stored.get("forward_only", usual.is_forward_only),
            review={moment: frozenset(shown) for moment, shown in stored.get("review", {}).items()},
            overall=tuple(OverallFeedback(Fraction(one["from"]), one["texts"]) for one in stored.get("overall", [])),
            parts=tuple(AssessmentPart(one["titles"], one.get("introductions", {})) for one in stored.get("parts", [])),
        )


def _written(rules: AssessmentRules) -> dict[str, Any]:
    review = {
        str(moment): [str(one) for one in Reveal if one in rules.review[moment]]
        for moment in Moment
        if moment in rules.review
    }
    return {
        "feedback": str(rules.feedback),
        "tries": rules.tries,
        "penalty": str(rules.penalty),
        "certainty": str(rules.certainty),
        "counts": str(rules.counts),
        "shuffle": rules.is_shuffled,
        "forward_only": rules.is_forward_only,
        "review": review,
        "overall": [{"from": str(one.least), "texts": dict(one.texts)} for one in rules.overall],
        "parts": [_written_part(one) for one in rules.parts],
    }


def _written_part(part: AssessmentPart) -> dict[str, Any]:
    said = {"introductions": dict(part.introductions)} if part.introductions else {}
    return {"titles": dict(part.titles), **said}


def faults_of(rules: AssessmentRules) -> list[str]:
    """Why these rules do not go together, each in a sentence for the editor; empty if they do."""
    several = rules.feedback == Feedback.TRIES
    told = rules.review.get(Moment.DURING, frozenset()) - {Reveal.RESPONSE}
    found = {
        "with several tries, “tries” is from 2 to 5": several and not 2 <= rules.tries <= MOST_TRIES,
        "“tries” above 1 goes with “feedback: tries” alone": not several and rules.tries != 1,
        "“penalty” goes with “feedback: tries” alone, and is a share from 0 to 1": not (
            0 <= rules.penalty <= 1 and (several or not rules.penalty)
        ),
        "certainty that is marked does not go with several tries": several and rules.certainty == CertaintyUse.MARKED,
        "nothing is judged during an attempt where feedback is deferred": not rules.is_told_at_once and bool(told),
        "overall feedback needs a different share for each text": len({one.least for one in rules.overall})
        != len(rules.overall),
        f"an assessment has from 2 to {MOST_PARTS} parts, or none": bool(rules.parts)
        and not 2 <= len(rules.parts) <= MOST_PARTS,
        "each part needs a title of its own": len({one.title("en") for one in rules.parts}) != len(rules.parts),
    }
    return [sentence for sentence, is_fault in found.items() if is_fault]


def overall_feedback(rules: AssessmentRules, share: Fraction, language: str) -> str:
    """The words for the highest share that was reached; none if none was."""
    reached = [one for one in rules.overall if share >= one.least]
    texts = max(reached, key=lambda one: one.least).texts if reached else {}
    return texts.get(language) or texts.get("en", "")
