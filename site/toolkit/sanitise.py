"""The one seam through which every rich text passes on its way in (docs/decisions/0004-sanitising.md).

First refuses, before any parser sees it, what is too long or too deeply nested; then bleach applies our allow-list;
nh3 has the last word. Never called on render.
"""

import re
from collections import Counter

import bleach
import nh3
from bleach.sanitizer import INVISIBLE_CHARACTERS_RE
from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024
MAX_DEPTH = 20

TAGS = frozenset({"p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br"})
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = frozenset({"http", "https", "mailto"})

_OPENING = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")
_PLAIN_TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?:\s++[a-zA-Z][a-zA-Z0-9-]*+(?:=\"[^\"<>]*+\")?+)*+\s*+/?>"
)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"})


class TooMuchMarkup(ValueError):
    """Raised for text no editor would write: over 20 KB in one block, or more than 20 levels deep."""


def sanitise(html: str) -> str:
    """The same text with only our tags, attributes and link schemes. Raises TooMuchMarkup."""
    if len(html.encode()) > MAX_BYTES:
        raise TooMuchMarkup(_("This text is too long for one block (over 20 KB). Split it in two."))
    if _depth(html) > MAX_DEPTH:
        raise TooMuchMarkup(_("This text is nested too deeply (over 20 levels). Paste it again as plain text."))
    kept = bleach.clean(
        html,
        tags=TAGS,
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        strip=True,
        strip_comments=True,
    )
    safe = nh3.clean(
        kept,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    # What was written as a reference (“&#1;”) is a character only now, and is treated as bleach treats the character.
    return INVISIBLE_CHARACTERS_RE.sub("?", safe.replace("\r\n", "\n").replace("\r", "\n"))


def _depth(html: str) -> int:
    """How many elements could be open at once, in one pass and never too few.

    A closing tag counts only for its own name, and only where every “<” begins a plain tag: one that stands in a
    comment or inside an attribute closes nothing, and a parser that is led to think otherwise takes minutes.
    """
    if "<" in _PLAIN_TAG.sub("", html):
        return sum(name.lower() not in _VOID for name in _OPENING.findall(html))
    unclosed: Counter[str] = Counter()
    deepest = 0
    for tag in _PLAIN_TAG.finditer(html):
        name = tag["name"].lower()
        if name in _VOID:
            continue
        unclosed[name] = max(0, unclosed[name] - 1) if tag["closing"] else unclosed[name] + 1
        deepest = max(deepest, unclosed.total())
    return deepest
