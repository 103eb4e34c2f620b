"""A lesson's text as its readers get it, made when the lesson is saved and kept with the page.

So that serving a lesson neither reads nor walks its stream. What else it shows (a word of the glossary, the address of
a page it links to) may change without it: receivers.py makes it anew then, and `render_lessons` makes all anew.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import translation
from toolkit.days import site_day

from media.blocks import holds_frames
from reference.law import keys_placed, read_so_until

if TYPE_CHECKING:
    from .models import LessonPage


@dataclass(frozen=True)
class Kept:
    """What is kept of a lesson beside its HTML: its digest, minutes and (key, heading) of each section.

    `has_frames`: films of other hosts stand in it. `links_to_pages`: it links to pages by their identity.
    `until`: the last day on which its legal statements read as they do, such as 2027-05-23; empty if no day ends that.
    """

    digest: str
    minutes: int
    sections: list[tuple[str, str]] = field(default_factory=list)
    has_frames: bool = False
    links_to_pages: bool = False
    until: str = ""

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Kept":
        """What `facts` wrote down, read again from the database."""
        return cls(**{**facts, "sections": [(key, heading) for key, heading in facts["sections"]]})

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def holds_on(self, today: date) -> bool:
        """Whether the HTML that was kept says on this day what it should."""
        return not self.has_frames and (not self.until or today <= date.fromisoformat(self.until))


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
        until=read_so_until(keys_placed(page.body.raw_data), site_day()),
    )
