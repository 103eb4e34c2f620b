"""Going forward only: which question is open where nobody goes back. A draft says how far one has come."""

from datetime import datetime

from django.db.models import Max

from .choices import AttemptState
from .items import Posted, item_type
from .models import Attempt, Draft, Place


def furthest(attempt: Attempt) -> int:
    """The position one has come to."""
    found = Draft.objects.filter(place__attempt=attempt).aggregate(last=Max("place__position"))["last"]
    return found or 1


def is_behind(attempt: Attempt, position: int) -> bool:
    """Whether a question was gone on from, and stays as it is."""
    return _counts(attempt) and position < furthest(attempt)


def is_ahead(attempt: Attempt, position: int) -> bool:
    """Whether a question cannot be looked at yet."""
    return _counts(attempt) and position > furthest(attempt)


def _counts(attempt: Attempt) -> bool:
    return attempt.own_rules.is_forward_only and attempt.state == AttemptState.IN_PROGRESS


def go_on_from(place: Place, *, at: datetime) -> None:
    """Open the next question, where there is only forward; from now on the one before stays as it is."""
    if not _counts(place.attempt):
        return
    following = place.attempt.places.select_related("item_version").filter(position=place.position + 1).first()
    if following is not None:
        version = following.item_version
        nothing = item_type(version.kind).read(Posted(), version.structure, following.choice_order)
        Draft.objects.get_or_create(
            place=following, defaults={"value": nothing, "client_sequence": 0, "received_at": at}
        )
