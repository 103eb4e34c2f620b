"""The PDF of each briefing page, kept as a file named after what it says.

A file is drawn the first time somebody asks and whenever what it says has changed; it can be thrown away at any time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from toolkit.digests import digest_of
from toolkit.typesetting import CannotBePrinted, typeset

from .facts import facts_of

if TYPE_CHECKING:
    from briefings.models import BriefingPage

LAYOUT = Path(__file__).parent / "briefing.typ"
FOLDER = "briefings"


@dataclass(frozen=True)
class Paper:
    """A kept PDF: its name in storage, its size, and what to call it on somebody's disk."""

    name: str
    byte_count: int
    file_name: str

    @property
    def kilobytes(self) -> int:
        """Its size as people are told it: thousands of bytes, never below one."""
        return max(1, round(self.byte_count / 1000))


def paper_of(page: "BriefingPage") -> Paper | None:
    """The PDF of the page as it stands; None where a text has letters that no font here can draw."""
    facts = facts_of(page)
    stem = f"{page.briefing.shown_number}-{page.language}"
    name = f"{FOLDER}/{stem}-{_digest(facts)}.pdf"
    try:
        size = default_storage.size(name)
    except FileNotFoundError:
        try:
            pdf = typeset(LAYOUT, facts, at=datetime.combine(page.published_on, time(12), tzinfo=UTC))
        except CannotBePrinted:
            return None
        _keep(name, pdf, stem)
        size = len(pdf)
    return Paper(name, size, f"briefing-{stem}.pdf")


def open_paper(paper: Paper) -> IO[Any]:
    """Its bytes, for reading."""
    return default_storage.open(paper.name)


def _digest(facts: dict[str, Any]) -> str:
    """Of all it says and how it is laid out, so that a new layout draws it anew."""
    return digest_of({"facts": facts, "layout": _layout()})[:20]


@cache
def _layout() -> str:
    return LAYOUT.read_text(encoding="utf-8")


def _keep(name: str, pdf: bytes, stem: str) -> None:
    """Two who ask at once both draw the same bytes; the second copy and all earlier wordings are thrown away."""
    default_storage.save(name, ContentFile(pdf))
    for other in default_storage.listdir(FOLDER)[1]:
        if other.startswith(f"{stem}-") and f"{FOLDER}/{other}" != name:
            default_storage.delete(f"{FOLDER}/{other}")
