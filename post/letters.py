"""A letter's HTML, drawn from its text, which is always sent beside it: the mark, the words, and one action.

A line of a text that is nothing but an address is where the letter wants its reader to go: the first becomes a button,
any further one a link. Styles stand on the elements, because mail programs drop style sheets; colours are those of
site/static/css/tokens.css on white, which mail programs with a dark theme turn round by themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

MARK_ID = "mark"  # the picture's Content-ID in every letter
_ADDRESS = re.compile(r"https?://\S+")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_MARK_PAGE = '#set page(width: 38pt, height: 38pt, margin: 0pt, fill: none)\n#image("mark.svg", width: 38pt)'


@dataclass(frozen=True)
class Part:
    """A paragraph, or an address on a line of its own; the first address is the letter's action."""

    words: str
    address: str = ""
    is_action: bool = False


def parts_of(text: str) -> list[Part]:
    """The paragraphs and addresses of a text, in order."""
    parts: list[Part] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        kept: list[str] = []
        for line in paragraph.splitlines():
            if not _ADDRESS.fullmatch(line.strip()):
                kept.append(line)
                continue
            if kept:
                parts.append(Part("\n".join(kept)))
                kept = []
            parts.append(Part("", line.strip(), is_action=not any(part.is_action for part in parts)))
        if kept:
            parts.append(Part("\n".join(kept)))
    return parts


def html_of(text: str, *, subject: str, language: str, action: str = "") -> str:
    """The letter as HTML. `action` is what its button says; without it, the button opens the page."""
    with translation.override(language):
        context = {
            "parts": parts_of(text),
            "subject": subject,
            "language": language,
            "action": action or _("Open the page"),
            "brand_name": settings.BRAND_NAME,
            "mark": f"cid:{MARK_ID}",
        }
        return render_to_string("post/letter.html", context)


class Pattern:
    """A letter that goes to many: drawn once, then filled in for each.

    Subject and text name their places as {name}; a place alone on its line is an address. A value is one line without
    meaning of its own: it is escaped where it goes into the HTML.
    """

    def __init__(self, subject: str, text: str, *, language: str, action: str = "") -> None:
        self.subject, self.text, self.language = " ".join(subject.split()), text, language
        marks = {name: f"https://place-{name}.invalid/" for name in _PLACE.findall(text)}
        html = html_of(self._put(text, marks), subject=self.subject, language=language, action=action)
        for name, mark in marks.items():
            html = html.replace(mark, f"{{{name}}}")
        self._html = html

    @staticmethod
    def _put(text: str, values: Mapping[str, str]) -> str:
        """In one go, so that a value which looks like a place is left as it is."""
        return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """Subject, text and HTML for one reader."""
        plain = {name: " ".join(value.split()) for name, value in values.items()}
        return {
            "subject": self._put(self.subject, plain)[:200],
            "text": self._put(self.text, plain),
            "html": self._put(self._html, {name: escape(value) for name, value in plain.items()}),
        }


@cache
def mark_png() -> bytes:
    """The mark as a picture that every mail program shows, at twice its size for sharp screens."""
    folder = Path(finders.find("img/mark.svg") or "").parent
    page = _MARK_PAGE.encode()
    drawn = typst.compile(page, root=folder, format="png", ppi=144, ignore_system_fonts=True)  # type: ignore[call-overload]
    assert isinstance(drawn, bytes)
    return drawn
