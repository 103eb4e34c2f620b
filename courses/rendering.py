"""A lesson's text as its readers get it, made when the lesson is saved and kept with the page.

So that serving a lesson neither reads nor walks its stream. What else it shows (a word of the glossary, the address of
a page it links to) may change without it: receivers.py makes it anew then, and `render_lessons` makes all anew.
"""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation

from media.blocks import holds_frames

if TYPE_CHECKING:
    from .models import LessonPage


@dataclass(frozen=True)
class Kept:
    """What is kept of a lesson beside its HTML: its digest, minutes and (key, heading) of each section.

    `has_frames`: films of other hosts stand in it. `links_to_pages`: it links to pages by their identity.
    """

    digest: str
    minutes: int
    sections: list[tuple[str, str]] = field(default_factory=list)
    has_frames: bool = False
    links_to_pages: bool = False

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Kept":
        """What `facts` wrote down, read again from the database."""
        return cls(**{**facts, "sections": [(key, heading) for key, heading in facts["sections"]]})

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)


def html_of(page: "LessonPage") -> str:
    """The blocks of the text and the words it links to, in the page's language."""
    with translation.override(page.language):
        return render_to_string("reference/_text.html", {"page": page})


def kept_of(page: "LessonPage") -> Kept:
    """The same facts, from the page as it stands in memory."""
    stored = str(list(page.body.raw_data))
    return Kept(
        digest=page.content_digest,
        minutes=page.minutes,
        sections=page.sections,
        has_frames=holds_frames(page.body),
        links_to_pages='linktype="page"' in stored,
    )
