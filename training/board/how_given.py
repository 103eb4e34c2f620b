"""How the answers of an attempt were given: how sure their learner was, and the tries before the last."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.choices import Certainty
from assessments.items import item_type
from assessments.models import Attempt, Response
from assessments.queries import given_of
from assessments.review import fits_in_words
from assessments.settling import standing_score
from assessments.tries import share_of
from player.words import points_of


@dataclass(frozen=True)
class Try:
    """One try at a question: what was answered, a line each, and what came of it, in words."""

    number: int
    answer: tuple[str, ...]
    came_to: str
    sure: str


@dataclass(frozen=True)
class HowGiven:
    """How sure somebody was of the answer that was scored, in words, and what they had tried before it."""

    sure: str = ""
    earlier: tuple[Try, ...] = ()


def how_given(attempt: Attempt) -> dict[int, HowGiven]:
    """By position, for an attempt that was handed in; in two statements."""
    responses = (
        Response.objects.filter(place__attempt=attempt)
        .select_related("place__item_version", "revision_request")
        .prefetch_related("scores")
    )
    by_position: dict[int, list[Response]] = defaultdict(list)
    for response in responses.order_by("place__position", "try_number"):
        response.place.attempt = attempt
        by_position[response.place.position].append(response)
    return {
        position: HowGiven(_sure(attempt, those[-1]), tuple(_try(attempt, one) for one in those[:-1]))
        for position, those in by_position.items()
    }


def _sure(attempt: Attempt, response: Response) -> str:
    """Empty where nobody was asked, or a person marks."""
    if not attempt.own_rules.asks_certainty or item_type(response.place.item_version.kind).is_marked:
        return ""
    return str(Certainty(response.certainty).label) if response.certainty else _("Did not say")


def _try(attempt: Attempt, response: Response) -> Try:
    version, score = response.place.item_version, standing_score(response)
    shown = item_type(version.kind).asked(given_of(response.place, response.value))
    return Try(
        number=response.try_number,
        answer=tuple(shown.answer) or (_("Removed by its rule") if response.removed_at else _("Nothing"),),
        came_to=" ".join(
            one for one in (_fits(response), points_of(score.points, score.max_score) if score else "") if one
        ),
        sure=_sure(attempt, response),
    )


def _fits(response: Response) -> str:
    if getattr(response, "revision_request", None) is not None:
        return _("Given back to be worked on again.")
    version = response.place.item_version
    if response.removed_at or item_type(version.kind).is_marked:
        return ""
    return fits_in_words(share_of(response, version))
