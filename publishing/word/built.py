"""From what a Word file says to what a page of ours is made of, and what was kept."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.utils.text import slugify
from django.utils.translation import gettext as _
from toolkit.sanitise import MAX_BYTES, sanitise

from briefings.blocks import FEWEST_MESSAGES, LONGEST_MESSAGE, MOST_MESSAGES
from publishing.plain import stored_plain
from publishing.rich import Block, Char, Listing, as_html, canonical

from .flow import Flow, Heading, Words
from .lists import CUT_AT_BYTES, blocks_of, halved
from .losses import Code, Losses
from .parts import WordRefused
from .tables import Grid

LONGEST_TITLE, LONGEST_HEADING, LONGEST_KEY = 255, 150, 80
_MESSAGES = {"key messages", "key points", "negeseuon allweddol", "prif negeseuon", "pwyntiau allweddol"}
_LINK, _ITEM, _PARAGRAPH = re.compile("<a "), re.compile("<li>"), re.compile("<p>")


@dataclass
class Made:
    """A page's parts. `kept` counts headings, paragraphs, items of lists, links, tables and key messages."""

    title: str
    lead: str
    body: list[dict[str, Any]] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)

    @property
    def headings(self) -> list[str]:
        return [block["value"]["heading"] for block in self.body if block["type"] == "section"]


def make(flow: Flow, losses: Losses, *, name: str, with_messages: bool) -> Made:
    """What a page is made of. `with_messages`: it opens with key messages. Raises WordRefused."""
    title = _title(flow, losses, name)
    parts = _parts(flow.pieces, losses)
    messages = _messages(parts, flow, losses) if with_messages else []
    if with_messages and len(messages) < FEWEST_MESSAGES:
        losses.note(Code.FEW_MESSAGES)
    made = Made(title, flow.subtitle, _body(parts), messages)
    made.kept = _counts(made, flow)
    return made


def _title(flow: Flow, losses: Losses, name: str) -> str:
    if flow.title:
        return _fitting(flow.title, flow, losses)
    first = flow.pieces[0] if flow.pieces else None
    others = [one.level for one in flow.pieces[1:] if isinstance(one, Heading)]
    if isinstance(first, Heading) and (not others or first.level < min(others)):
        flow.pieces.pop(0)
        return _fitting(first.words, flow, losses)
    losses.note(Code.TITLE_OF_FILE)
    stem = " ".join(re.sub(r"[_-]+", " ", PurePath(name).stem).split())
    return (stem or _("A page from a Word file"))[:LONGEST_TITLE]


def _fitting(title: str, flow: Flow, losses: Losses) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    losses.note(Code.LONG_HEADING, "", title)
    flow.pieces.insert(0, Words(_plain(title)))
    return f"{title[:100].rstrip()}…"


def _plain(words: str) -> list[Char]:
    return [Char(one) for one in words]


@dataclass
class _Part:
    """A heading and what stands under it; nothing stands above the first."""

    heading: str
    run: list[Words | Grid] = field(default_factory=list)
    has_numbers: bool = False


def _parts(pieces: list[Heading | Words | Grid], losses: Losses) -> list[_Part]:
    parts = [_Part("")]
    top = min((one.level for one in pieces if isinstance(one, Heading)), default=1)
    for piece in pieces:
        if isinstance(piece, Words):
            _note_numbers_again(parts[-1], piece, losses)
            parts[-1].run.append(piece)
        elif isinstance(piece, Grid):
            parts[-1].run.append(piece)
        elif len(piece.words) > LONGEST_HEADING:
            losses.note(Code.LONG_HEADING, parts[-1].heading, piece.words)
            parts[-1].run.append(Words(_plain(piece.words)))
        else:
            if piece.level > top:
                losses.note(Code.DEEPER_HEADING, piece.words, piece.words)
            parts.append(_Part(piece.words))
    return [part for part in parts if part.heading or part.run]


def _note_numbers_again(part: _Part, piece: Words, losses: Losses) -> None:
    """A numbered list after a paragraph after a numbered list: in Word it may have gone on counting."""
    last = part.run[-1] if part.run else None
    is_after_words = not (isinstance(last, Words) and last.tag)
    if piece.tag == "ol" and piece.level == 0 and part.has_numbers and is_after_words:
        losses.note(Code.NUMBERS_AGAIN, part.heading, "".join(one.text for one in piece.chars))
    part.has_numbers |= piece.tag == "ol"


def _messages(parts: list[_Part], flow: Flow, losses: Losses) -> list[str]:
    """The items of the list under “Key messages”, if it is such a list; they leave the text."""
    for part in parts:
        if part.heading.casefold().strip(" :") not in _MESSAGES:
            continue
        run = [one for one in part.run if isinstance(one, Words)]
        texts = [" ".join("".join(char.text for char in one.chars).split()) for one in run]
        is_list = len(run) == len(part.run) and all(one.tag and one.level == 0 for one in run)
        if not is_list or not 0 < len(texts) <= MOST_MESSAGES:
            return []
        if long := [text for text in texts if len(text) > LONGEST_MESSAGE]:
            losses.note(Code.LONG_MESSAGE, part.heading, long[0])
            return []
        parts.remove(part)
        flow.dropped.append(part.heading)
        return texts
    return []


def body_of(flow: Flow, losses: Losses, *, taken: Iterable[str] = ()) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The text alone, for a page that has its title, and how much was kept. `taken`: identifiers that are given."""
    made = Made("", "", _body(_parts(flow.pieces, losses), taken))
    return made.body, _counts(made, flow)


def _body(parts: list[_Part], taken: Iterable[str] = ()) -> list[dict[str, Any]]:
    body: list[dict[str, Any]] = []
    keys = Counter(taken)
    for number, part in enumerate(parts, start=1):
        if part.heading:
            key = _key(part.heading, number, keys)
            body.append(_block("section", {"heading": part.heading, "key": key}))
        for _are_grids, group in groupby(part.run, lambda one: isinstance(one, Grid)):
            body += _under_heading(list(group))
    return body


def _under_heading(run: list[Words | Grid]) -> list[dict[str, Any]]:
    """Tables one by one; words that follow each other in as few texts as hold them."""
    words = [one for one in run if isinstance(one, Words)]
    grids = [_table(one) for one in run if isinstance(one, Grid)]
    return grids or [_block("text", text) for text in _texts(blocks_of(words))]


def _table(grid: Grid) -> dict[str, Any]:
    table = {"caption": grid.caption, "columns": grid.headings, "rows": grid.rows}
    return _block("table", stored_plain("table", {"table": table, "has_row_names": grid.has_row_names}))


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _key(heading: str, number: int, taken: Counter[str]) -> str:
    """One that is not taken. `taken`: how often each was asked for, and those that were given."""
    stem = re.sub(r"-+", "-", slugify(heading).replace("_", "-")).strip("-")[: LONGEST_KEY - 5].strip("-")
    key = stem = stem or f"section-{number}"
    while key in taken:
        taken[stem] += 1
        key = f"{stem}-{taken[stem]}"
    taken[key] += 1
    return key


def _texts(blocks: list[Block]) -> list[str]:
    """Texts that each fit into one block."""
    texts: list[str] = []
    running: list[Block] = []
    so_far = 0
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        size = len(as_html([block]).encode())
        if size > CUT_AT_BYTES and (halves := halved(block)) != [block]:
            waiting += reversed(halves)
            continue
        if size > MAX_BYTES:
            raise WordRefused(_too_long(block))
        if running and so_far + size > CUT_AT_BYTES:
            texts.append(_clean(running))
            running, so_far = [], 0
        running.append(block)
        so_far += size
    return [text for text in [*texts, _clean(running)] if text]


def _clean(blocks: list[Block]) -> str:
    return canonical(sanitise(as_html(blocks)))


def _too_long(block: Block) -> str:
    chars = block.items[0].words if isinstance(block, Listing) else block.words
    words = "".join(one.text for one in chars)[:60]
    return _("The paragraph that begins “%(words)s” is too long for a page. Cut it in two, and try again.") % {
        "words": words
    }


def _counts(made: Made, flow: Flow) -> dict[str, int]:
    html = "".join(block["value"] for block in made.body if block["type"] == "text")
    return {
        "headings": len(made.headings),
        "paragraphs": len(_PARAGRAPH.findall(html)),
        "items": len(_ITEM.findall(html)),
        "links": len(_LINK.findall(html)),
        "tables": flow.tables,
        "grids": sum(block["type"] == "table" for block in made.body),
        "messages": len(made.messages),
    }
