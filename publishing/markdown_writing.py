"""From rich text to the small Markdown of content files: the way back of `markdown`.

Markdown has no sure way to write any text: what a star means hangs on the letters beside it. So each paragraph and each
list is written plainly first, read again as a file would be, and written with more care until it reads as it was.
"""

import re
import textwrap
from collections.abc import Iterator
from itertools import groupby

from .faults import Fault
from .markdown import read_markdown
from .rich import Block, Char, Item, Listing, OddMarkup, Paragraph, as_html, read_rich

WIDTH = 110
_ESCAPED = "\\*_[]<`"
_LINE_START = re.compile(r"^(?P<before>\d{1,9}(?=[.)])|(?=[-+#>=~:|]))")
_BARE_ADDRESS = re.compile(r"[!-'*-;=?-\[\]-~]+")
_ANGLES = re.compile(r"[<>]|\\(?!&)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BULLETS = {"ul": ("-", "*"), "ol": (".", ")")}
Style = tuple[str, bool, int]  # how emphasis is written, whether letters beside a mark are guarded, width of a line
_STYLES: tuple[Style, ...] = (
    ("*", False, WIDTH), ("_", False, WIDTH), ("*", True, WIDTH), ("_", True, WIDTH), ("_", True, 0)
)  # fmt: skip


class CannotSay(ValueError):
    """Raised, in words, for what Markdown of this kind cannot say."""


def write_markdown(source: str) -> str:
    """The Markdown that reads as this rich text. Raises CannotSay."""
    try:
        blocks = read_rich(source)
    except OddMarkup as odd:
        raise CannotSay(f"it holds {odd}") from odd
    if not blocks:
        raise CannotSay("it is empty")
    return "\n\n".join(_surely(block, mark) for block, mark in _marked(blocks))


def _marked(blocks: list[Block]) -> Iterator[tuple[Block, int]]:
    """Each block with which of its two bullets it takes: the other one, where a list follows a list of its kind."""
    last, mark = "", 0
    for block in blocks:
        tag = block.tag if isinstance(block, Listing) else ""
        mark = 1 - mark if tag and tag == last else 0
        last = tag
        yield block, mark


def _surely(block: Block, mark: int) -> str:
    wanted = as_html([block])
    for style in _STYLES:
        written = _write(block, mark, style)
        faults: list[Fault] = []
        if read_markdown(written, "", 1, faults) == wanted and not faults:
            return written
    raise CannotSay(faults[0].sentence if faults else "its marks cannot be written so that they read the same")


def _write(block: Block, mark: int, style: Style) -> str:
    return _paragraph(block.words, style) if isinstance(block, Paragraph) else _listing(block, mark, style)


def _paragraph(words: list[Char], style: Style) -> str:
    lines = []
    for line in _inline(words, style).split("\n"):
        lines += textwrap.wrap(line, style[2], break_long_words=False, break_on_hyphens=False) if style[2] else [line]
    return "\n".join(_LINE_START.sub(r"\g<before>\\", line) for line in lines)


def _listing(listing: Listing, mark: int, style: Style) -> str:
    bullet = _BULLETS[listing.tag][mark]
    lines = []
    for number, item in enumerate(listing.items, start=1):
        start = f"{bullet} " if listing.tag == "ul" else f"{number}{bullet} "
        lines.append(start + textwrap.indent(_item(item, style), " " * len(start)).lstrip(" "))
    return "\n".join(lines)


def _item(item: Item, style: Style) -> str:
    own = [_paragraph(item.words, style)] if item.words else []
    return "\n".join([*own, *(_write(inner, mark, style) for inner, mark in _marked(list(item.lists)))])


def _inline(words: list[Char], style: Style) -> str:
    """Links outermost, then bold, then italic, as `rich` has them."""
    written, at = "", 0
    letters = _letters(words, is_guarded=style[1])
    for link, run in groupby(words, lambda one: one.link):
        linked = list(run)
        inner = _bold(linked, letters[at : at + len(linked)], style[0])
        written += f"[{inner}]({_address(linked[0].href)})" if link else inner
        at += len(linked)
    return written


def _bold(words: list[Char], letters: list[str], mark: str) -> str:
    written = ""
    for bold, run in groupby(zip(words, letters, strict=True), lambda one: one[0].bold):
        inner = ""
        for italic, pairs in groupby(run, lambda one: one[0].italic):
            text = "".join(letter for _word, letter in pairs)
            inner += f"{mark}{text}{mark}" if italic else text
        written += f"**{inner}**" if bold else inner
    return written


def _letters(words: list[Char], *, is_guarded: bool) -> list[str]:
    """Each character as it is written, escaped where it would mean something."""
    written = []
    for place, one in enumerate(words):
        before = words[place - 1] if place else None
        after = words[place + 1] if place + 1 < len(words) else None
        if is_guarded and one.text.isalnum() and (_has_more(before, one) or _has_more(after, one)):
            written.append(f"&#{ord(one.text)};")  # stands outside a mark, which then takes it for punctuation
        else:
            written.append(_letter(one, after))
    return written


def _has_more(other: Char | None, one: Char) -> bool:
    """Whether a mark begins or ends between the two that `one` is not inside of."""
    return other is not None and (
        (other.bold and not one.bold)
        or (other.italic and not one.italic)
        or (other.link != one.link and (other.bold or other.italic))
    )


def _letter(one: Char, after: Char | None) -> str:
    text, following = one.text, after.text if after else ""
    if text == "\n":
        return "\\\n"
    if text == "\xa0":
        return "&nbsp;"
    if text.isspace() and text != " ":
        return f"&#{ord(text)};"
    is_entity = text == "&" and (following == "#" or following.isalpha())
    is_picture = text == "!" and after is not None and (after.link > 0 or following == "[")
    return f"\\{text}" if text in _ESCAPED or is_entity or is_picture else text


def _address(href: str) -> str:
    address = _ENTITY.sub(r"\\&", href)
    return address if _BARE_ADDRESS.fullmatch(href) else "<" + _ANGLES.sub(r"\\\g<0>", address) + ">"
