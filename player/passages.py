"""A lesson's text cut at its sections, and whether words still stand in it. Pure: HTML in, HTML and answers out."""

import re
from dataclasses import dataclass
from html import unescape

_SECTION = re.compile(r'(?=<h2 id="[^"]*" data-section="[^"]*")')
_KEY = re.compile(r'<h2 id="[^"]*" data-section="([^"]*)"')
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_LIST_OF_WORDS = '<section class="words"'


@dataclass(frozen=True)
class Passage:
    """A section with its heading; the first has no key where text stands before any heading."""

    key: str
    html: str


def cut(html: str) -> tuple[list[Passage], str]:
    """The sections in order, and what follows the text: the words it links to."""
    end = html.rfind(_LIST_OF_WORDS)
    text, rest = (html, "") if end < 0 else (html[:end], html[end:])
    pieces = [_passage(piece) for piece in _SECTION.split(text)]
    return [piece for piece in pieces if piece.key or bare(piece.html)], rest


def _passage(html: str) -> Passage:
    found = _KEY.match(html)
    return Passage(unescape(found[1]) if found else "", html)


def bare(html: str) -> str:
    """The letters a reader sees, without any space between them: how a line is broken or a word marked is no change."""
    return squeezed(unescape(_TAGS.sub("", html)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def stands_in(quote: str, html: str) -> bool:
    """Whether these words stand there, whatever the blanks between them."""
    return squeezed(quote) in bare(html)
