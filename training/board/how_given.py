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
    """What the answer that was scored came to, how sure somebody was of it, and what they had tried before it."""

    came_to: str = ""
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
        position: HowGiven(_came_to(last), _sure(attempt, last), tuple(_try(attempt, one) for one in earlier))
        for position, (*earlier, last) in by_position.items()
    }


def _sure(attempt: Attempt, response: Response) -> str:
    """Empty where nobody was asked, nothing is, or a person marks."""
    if not attempt.own_rules.asks_certainty or not item_type(response.place.item_version.kind).is_judged_at_once:
        return ""
    return str(Certainty(response.certainty).label) if response.certainty else _("Did not say")


def _try(attempt: Attempt, response: Response) -> Try:
    shown = item_type(response.place.item_version.kind).asked(given_of(response.place, response.value))
    return Try(
        number=response.try_number,
        answer=tuple(shown.answer) or (_("Removed by its rule") if response.removed_at else _("Nothing"),),
        came_to=_came_to(response),
        sure=_sure(attempt, response),
    )


def _came_to(response: Response) -> str:
    """Whether it fits, where no person judges that, and its points; nothing where there are none to earn."""
    version, score = response.place.item_version, standing_score(response)
    if score is None:
        is_back = getattr(response, "revision_request", None) is not None
        return _("Given back to be worked on again.") if is_back else ""
    if score.max_score == 0:
        return ""
    points = points_of(score.points, score.max_score)
    if response.removed_at or item_type(version.kind).is_marked:
        return points
    return f"{fits_in_words(share_of(response, version))} {points}"
