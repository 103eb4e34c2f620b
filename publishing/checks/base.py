"""What a check is given, and what it finds. Pure: everything a check needs to know stands in `Draft`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum


class Weight(IntEnum):
    """How much a finding weighs when the page is to be published."""

    ADVICE = 1  # said, and never in the way
    GATE = 2  # in the way, unless somebody who may gives a reason
    ALWAYS = 3  # in the way of everybody


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or doubtful. `anchor` is where it stands in the editor, `where` the same in words."""

    code: str
    weight: Weight
    sentence: str
    where: str = ""
    anchor: str = ""
    field: str = ""
    detail: str = ""  # tells two findings with one code in one place apart

    @property
    def key(self) -> tuple[str, str, str]:
        """The same in the page that is live and in its draft, so that what is new can be told."""
        return self.code, self.anchor, self.detail


@dataclass(frozen=True)
class Link:
    """A link in a text: its words, where it leads, and what is there."""

    words: str
    address: str
    state: str  # "live", "draft", "gone" or "outside"; of a legal statement that is there "live", "ended" or "due"


@dataclass(frozen=True)
class Piece:
    """A block of the text: its kind, its words without markup, its links, and the heading it stands under."""

    identifier: str
    kind: str
    words: str
    under: str = ""
    links: tuple[Link, ...] = ()
    alt: str | None = None

    @property
    def anchor(self) -> str:
        return f"block-{self.identifier}-section"


@dataclass(frozen=True)
class Draft:
    """A page's content as the checks see it. None for what this kind of page does not have."""

    language: str
    today: date
    title: str = ""
    lead: str = ""
    pieces: tuple[Piece, ...] = ()
    audience: tuple[str, ...] | None = None
    review_due: date | None = None
    has_review: bool = False
    checked_by: str = ""
    is_checked: bool = False
    notice: int = 0
    poster_alt: str | None = None
    film_gaps: tuple[tuple[str, str], ...] = ()
    other_links: tuple[Link, ...] = field(default=())

    @property
    def text(self) -> str:
        """Everything that is read, for checks of the whole."""
        return "\n".join([self.title, self.lead, *(piece.words for piece in self.pieces)])


Check = Callable[[Draft], list[Finding]]
