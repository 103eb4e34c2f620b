"""One page of answers, as the template prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from .choices import Kind
from .extracts import Extract, Piece, extract
from .models import Entry

MOST_MOMENTS = 3


@dataclass(frozen=True)
class Place:
    """A part of an answer: a section with its heading, or a moment of a film with its second."""

    url: str
    heading: str
    at: float | None
    pieces: list[Piece]

    @property
    def clock(self) -> str:
        """'3:12' where the film says it."""
        minutes, seconds = divmod(int(self.at or 0), 60)
        return f"{minutes}:{seconds:02}"


@dataclass(frozen=True)
class Answer:
    """One thing that was found: where it is, and the part that shows why; for a film its best moments."""

    kind: Kind
    title: str
    language: str
    url: str
    pieces: list[Piece]
    place: Place | None
    moments: list[Place]


def answers(numbers: list[int], telling: Mapping[str, float], request: HttpRequest) -> list[Answer]:
    """The entries with these keys, in this order, each with its extract. One query."""
    rows = Entry.objects.select_related("page__locale").in_bulk(numbers)
    return [_answer(rows[number], telling, request) for number in numbers if number in rows]


def address_of(entry: Entry, request: HttpRequest) -> str:
    """Where an entry leads now; pages move, so it is not kept."""
    if entry.page:
        return entry.page.get_url(request) or ""
    if entry.kind == Kind.TERM:
        return reverse("glossary_term", args=[entry.key])
    return f"{reverse('reading')}#{entry.key}"


def _answer(entry: Entry, telling: Mapping[str, float], request: HttpRequest) -> Answer:
    url = address_of(entry, request)
    lead = extract(entry.lead, telling)
    parts = [(extract(part["text"], telling), part) for part in entry.passages]
    best = sorted(((one, part) for one, part in parts if one.value), key=lambda pair: -pair[0].value)
    moments = [_place(url, *pair) for pair in best if pair[1]["at"] is not None]
    sections = [_place(url, *pair) for pair in best if pair[1]["at"] is None]
    place = sections[0] if sections and best[0][0].value > lead.value and not moments else None
    if place is None and not lead.pieces and parts:
        lead = parts[0][0]
    return Answer(
        kind=Kind(entry.kind),
        title=entry.title,
        language=entry.language,
        url=url,
        pieces=place.pieces if place else lead.pieces,
        place=place if place and place.heading else None,
        moments=moments[:MOST_MOMENTS],
    )


def _place(url: str, extract: Extract, part: dict[str, Any]) -> Place:
    return Place(url + part["to"], part["heading"], part["at"], extract.pieces)
