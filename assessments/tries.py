"""An answer that is told about before the hand-in: how many tries it had, whether it is fixed, what a try earns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from .assessment_rules import AssessmentRules
from .choices import Certainty, CertaintyUse, ScoreKind
from .items import item_type
from .models import Attempt, Draft, ItemVersion, Place, Response, Score
from .scoring import MOST_CERTAIN, certain_points, tried_points


def tries_at(place: Place) -> list[Response]:
    """What was checked at a place so far, in order."""
    return list(place.responses.order_by("try_number"))


def tries_of(attempt: Attempt) -> dict[int, list[Response]]:
    """By place, what was checked in an attempt so far; asks nothing where nothing can be."""
    found: dict[int, list[Response]] = defaultdict(list)
    if attempt.own_rules.is_told_at_once:
        for response in Response.objects.filter(place__attempt=attempt).order_by("try_number"):
            found[response.place_id].append(response)
    return found


def is_given(value: Any) -> bool:
    """Whether there is any answer in a value, however deep; a rating of 0 is one."""
    if isinstance(value, Mapping):
        return any(is_given(one) for one in value.values())
    if isinstance(value, list):
        return any(is_given(one) for one in value)
    return value not in (None, "", False)


def share_of(response: Response, version: ItemVersion) -> Fraction:
    """How far a response fits, from 0 to 1, whatever it earns."""
    return item_type(version.kind).share(response.value, version.key, version.structure)


def is_fixed(tries: Sequence[Response], version: ItemVersion, rules: AssessmentRules) -> bool:
    """Whether an answer stays as it is: it fits, or no try is left."""
    return bool(tries) and (len(tries) >= rules.tries or share_of(tries[-1], version) == 1)


def takes_another(tries: Sequence[Response], draft: Draft | None, version: ItemVersion, rules: AssessmentRules) -> bool:
    """Whether the hand-in takes what is written as one more response."""
    if not tries:
        return True
    return draft is not None and draft.value != tries[-1].value and not is_fixed(tries, version, rules)


def earned_by(
    response: Response, share: Fraction, version: ItemVersion, rules: AssessmentRules
) -> tuple[Fraction, Fraction]:
    """What a response that fits so far earns under the rules, and the most it could; both as multiples of max_score."""
    if rules.certainty != CertaintyUse.MARKED or item_type(version.kind).is_marked:
        return tried_points(share, rules.penalty, response.try_number), Fraction(1)
    given = is_given(response.value)
    earned = certain_points(share, response.certainty or Certainty.UNSURE) if given else Fraction(0)
    return earned, Fraction(MOST_CERTAIN)


def automatic_score(place: Place, response: Response, rules: AssessmentRules, at: datetime) -> Score:
    """The score of what needs no marker, under the rules of the attempt; not saved."""
    version = place.item_version
    earned, most = earned_by(response, share_of(response, version), version, rules)
    return Score(
        response=response,
        kind=ScoreKind.AUTOMATIC,
        points=earned * version.max_score,
        max_score=most * version.max_score,
        rule=version.scoring_rule,
        rule_version=version.scoring_rule_version,
        scored_at=at,
    )
