"""Counting what a person watched: merged intervals, never more than the time that has passed allows.

A page that shows a film carries a signed note of when the server made it (`open_film`). A report from that page may
add at most the time since then, or since time was last counted for this person and film, times the fastest speed.
"""

from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User

from .films import Film, Watching
from .intervals import Interval, merge, seconds_of
from .signals import film_watched

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")
FASTEST = max(float(speed) for speed in SPEEDS)
WATCHED_SHARE = 0.9  # the rest is most often titles; DOMAIN section 8, number 17
ROUNDING_SECONDS = 0.5
LONGEST_OPEN = timedelta(hours=24)

_signer = signing.TimestampSigner(salt="media.watching")


class ReportRefused(Exception):
    """Raised for a report that cannot be counted, worded for whoever reads the page."""


def open_film(person: User | AnonymousUser, film: Film, *, at: datetime) -> str:
    """A signed note that this person was shown this film at this moment; empty for somebody not signed in."""
    if not person.is_authenticated:
        return ""
    return _signer.sign_object([str(person.uuid), str(film.uuid), at.timestamp()])


def report(
    person: User, film: Film, opening: str, *, intervals: list[Interval], place: float, at: datetime
) -> Watching:
    """Count what was watched since the page was opened, and keep the place. Sending it again changes nothing.

    Raises ReportRefused, and then nothing is kept.
    """
    opened_at = _opened_at(person, film, opening, at)
    length = float(film.duration_seconds or 0)
    with transaction.atomic():
        row = _held(person, film, opened_at)
        merged = merge([*_intervals(row), *intervals], until=length)
        new = seconds_of(merged) - seconds_of(_intervals(row))
        allowed = (at - max(opened_at, row.counted_at)).total_seconds() * FASTEST + ROUNDING_SECONDS
        if new > allowed:
            raise ReportRefused(_("More was reported than could have been watched in this time; it was not counted."))
        if new > 0:
            row.intervals, row.counted_at = merged, at
        row.place_seconds, row.place_at = round(min(place, length), 1), at
        if row.watched_at is None and length and seconds_of(merged) >= length * WATCHED_SHARE:
            row.watched_at = at
        row.save()
        if row.watched_at is not None:
            transaction.on_commit(partial(film_watched.send_robust, sender=Watching, watching=row), robust=True)
    return row


def _opened_at(person: User, film: Film, opening: str, at: datetime) -> datetime:
    try:
        who, what, when = _signer.unsign_object(opening, max_age=LONGEST_OPEN)
    except (signing.BadSignature, ValueError) as error:
        raise ReportRefused(_("This page was opened too long ago. Open it anew to carry on.")) from error
    if (who, what) != (str(person.uuid), str(film.uuid)):
        raise ReportRefused(_("This page was opened by somebody else, or for another film."))
    return min(datetime.fromtimestamp(when, tz=at.tzinfo), at)


def _held(person: User, film: Film, opened_at: datetime) -> Watching:
    """The row for this person and film, locked, so that two tabs cannot count the same time twice."""
    Watching.objects.get_or_create(person=person, film=film, defaults={"counted_at": opened_at})
    return Watching.objects.select_for_update().get(person=person, film=film)


def _intervals(row: Watching) -> list[Interval]:
    return [(start, end) for start, end in row.intervals]


def place_of(person: User | AnonymousUser, film: Film) -> float:
    """Where a person was in a film when they last left it, in seconds; 0 at its beginning, at its end or if unknown."""
    if not person.is_authenticated:
        return 0
    row = Watching.objects.filter(person=person, film=film).first()
    return resumable(row.place_seconds, film.duration_seconds) if row else 0


def resumable(place: float, length: float | None) -> float:
    """A place worth going back to: not the first seconds, not the last."""
    return place if 5 <= place <= (length or 0) - 10 else 0
