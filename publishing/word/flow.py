"""What a Word file says, in order: headings, paragraphs, items of lists. Read by mammoth, after mending."""

import re
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urlsplit

from mammoth import documents, docx
from toolkit.sanitise import SCHEMES

from publishing.rich import Char

from .losses import Code, Losses
from .parts import FarTooMuch, too_much
from .tables import Grid, Row, grid_of, has_headings, has_words, items_of, read_cells, rows_of

DEEPEST = 4  # from 0: as deep as the desk's editor makes lists
# Letters, and ten for each cell; those of a cell that reaches over rows are read for each of them.
MOST_READ = 300_000
_BULLET = re.compile(r"[•·▪◦‣●]\s+")
_LIST_STYLE = re.compile(r"list (bullet|number)(?: (\d))?")
_ENDS = (".", ",", ";", ":", "?", "!", "…")
_LONGEST_BOLD = 100
_BOLD, _ITALIC = (
    {"strong", "intense emphasis", "intense reference"},
    {"emphasis", "intense emphasis", "subtle emphasis"},
)
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ORDINALS = {"st", "nd", "rd", "th", "af", "ail", "ydd", "fed", "eg", "ain"}


@dataclass(frozen=True)
class Heading:
    """A heading, of the level it has in Word."""

    words: str
    level: int


@dataclass(frozen=True)
class Words:
    """A paragraph, or an item of a list where `tag` is “ul” or “ol”; `level` counts lists inside lists from 0."""

    chars: list[Char]
    tag: str = ""
    level: int = 0


@dataclass
class Flow:
    """What was read."""

    title: str = ""
    subtitle: str = ""
    pieces: list[Heading | Words | Grid] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # words left out on purpose, and said to be
    tables: int = 0


def read_flow(file: IO[bytes], levels: dict[str, int], losses: Losses, *, with_tables: bool) -> Flow:
    """`with_tables`: the page may hold tables.

    Raises WordRefused, and what mammoth trips over: a file may say one thing of itself and hold another.
    """
    return read_blocks(docx.read(file).value.children, levels, losses, with_tables=with_tables)


def read_blocks(blocks: list[Any], levels: dict[str, int], losses: Losses, *, with_tables: bool) -> Flow:
    """The same of what mammoth makes of a file, or of what looks like it; `levels` by identifier of a style."""
    reader = _Reader(levels, losses, with_tables)
    reader.take_all(blocks)
    return reader.flow


class _Reader:
    def __init__(self, levels: dict[str, int], losses: Losses, with_tables: bool) -> None:
        self.flow = Flow()
        self._with_tables = with_tables
        self._levels, self._losses = levels, losses
        self._where = ""
        self._links = self._read = 0

    def take_all(self, blocks: list[Any]) -> None:
        for block in blocks:
            if isinstance(block, documents.Paragraph):
                self._take_paragraph(block)
            elif isinstance(block, documents.Table):
                self._take_table(block)

    def _rows(self, table: Any) -> list[Row]:
        rows = rows_of(table)
        self._count(10 * sum(len(row.cells) for row in rows))
        return rows

    def _count(self, read: int) -> None:
        """Tables in tables whose cells reach over rows would have us read for hours. Raises WordRefused."""
        self._read += read
        if self._read > MOST_READ:
            raise FarTooMuch(too_much())

    def _note(self, code: Code, quote: str = "") -> None:
        self._losses.note(code, self._where, quote)

    def _take_paragraph(self, paragraph: Any) -> None:
        chars = self._chars(paragraph.children)
        words = "".join(one.text for one in chars).strip()
        style = (paragraph.style_name or "").lower()
        if not words:
            return
        if style.startswith("toc"):
            self._losses.note(Code.CONTENTS)
            self.flow.dropped.append(words)
        elif level := self._levels.get(paragraph.style_id or ""):
            self._where = " ".join(words.split())
            self.flow.pieces.append(Heading(self._where, level))
        elif style == "title" and not self.flow.title and not self.flow.pieces:
            self.flow.title = " ".join(words.split())
        elif style == "subtitle" and not self.flow.subtitle and not self.flow.pieces:
            self.flow.subtitle = " ".join(words.split())
        else:
            self.flow.pieces.append(self._words(paragraph, chars, style))

    def _words(self, paragraph: Any, chars: list[Char], style: str) -> Words:
        text = "".join(one.text for one in chars)
        named = _LIST_STYLE.fullmatch(style)
        if paragraph.numbering is not None:
            return self._item(chars, paragraph.numbering.is_ordered, int(paragraph.numbering.level_index))
        if named:
            return self._item(chars, named[1] == "number", int(named[2] or 1) - 1)
        if bullet := _BULLET.match(text):
            return self._item(chars[bullet.end() :], False, 0)
        if style in ("quote", "intense quote", "block text"):
            self._note(Code.QUOTATION, text)
        elif _looks_like_heading(chars, text):
            self._note(Code.BOLD_HEADING, text)
        return Words(chars)

    def _item(self, chars: list[Char], is_ordered: bool, level: int) -> Words:
        if level > DEEPEST:
            self._note(Code.DEEP_LIST, "".join(one.text for one in chars))
        return Words(chars, "ol" if is_ordered else "ul", min(level, DEEPEST))

    def _take_table(self, table: Any) -> None:
        rows = self._rows(table)
        if not has_words(table):
            return
        if all(len(row.cells) == 1 for row in rows):  # a frame around words, not a table
            self._note(Code.BOX)
            for row in rows:
                self.take_all(row.cells[0].content)
            return
        self.flow.tables += 1
        cells = read_cells(rows, self._cell)
        grid = grid_of(rows, cells) if self._with_tables else None
        if grid:
            self._note(Code.TABLE_CAPTION, grid.caption)
            self.flow.pieces.append(grid)
            return
        items, heading = items_of(rows, cells)
        self._note(Code.TABLE if has_headings(rows, cells) else Code.TABLE_WITHOUT_HEADINGS, heading)
        self.flow.pieces += [Words(chars, "ul") for chars in items]

    def _cell(self, blocks: list[Any]) -> list[Char]:
        """The words of a cell, its paragraphs as lines; a table inside it as lines too."""
        chars: list[Char] = []
        for block in blocks:
            if isinstance(block, documents.Table):
                rows = self._rows(block)
                lines, _heading = items_of(rows, read_cells(rows, self._cell))
            else:
                lines = [self._chars(block.children)]
            for line in lines:
                self._count(len(line))
                chars += [Char("\n"), *line] if chars and line else line
        return chars

    def _chars(self, children: list[Any], *, run: Any = None, link: int = 0, href: str = "") -> list[Char]:
        chars: list[Char] = []
        for child in children:
            if isinstance(child, documents.Run):
                chars += self._run(child, link, href)
            elif isinstance(child, documents.Hyperlink):
                chars += self._linked(child, run)
            elif isinstance(child, documents.HasChildren):
                chars += self._chars(child.children, run=run, link=link, href=href)
            else:
                text = _text_of(child)
                self._count(len(text))
                chars += _set(text, run, link, href)
        return chars

    def _run(self, run: Any, link: int, href: str) -> list[Char]:
        chars = self._chars(run.children, run=run, link=link, href=href)
        text = "".join(one.text for one in chars)
        if run.is_strikethrough and text.strip():
            self._note(Code.STRUCK, text)
        table = {"superscript": _RAISED, "subscript": _LOWERED}.get(run.vertical_alignment or "")
        if not table or not text.strip() or text.strip() in _ORDINALS:
            return chars
        if all(ord(one) in table for one in text.strip()):
            return [Char(one.text.translate(table), one.bold, one.italic, one.link, one.href) for one in chars]
        self._note(Code.RAISED, text)
        return chars

    def _linked(self, link: Any, run: Any) -> list[Char]:
        href = (link.href or "").strip()
        is_kept = _leads_somewhere(href)
        self._links += is_kept
        number, target = (self._links, href) if is_kept else (0, "")
        chars = self._chars(link.children, run=run, link=number, href=target)
        words = "".join(one.text for one in chars).strip()
        if words and not is_kept:
            self._note(Code.LINK if href else Code.INNER_LINK, f"{words}: {href}" if href else words)
        return chars


def _leads_somewhere(href: str) -> bool:
    """Whether it is an address that a page may hold."""
    try:
        address = urlsplit(href)
    except ValueError:
        return False
    return address.scheme.lower() in SCHEMES and bool(address.netloc or address.scheme.lower() == "mailto")


def _set(text: str, run: Any, link: int, href: str) -> list[Char]:
    """Its letters, set as the run is."""
    style = (getattr(run, "style_name", None) or "").lower()
    bold = bool(run is not None and run.is_bold) or style in _BOLD
    italic = bool(run is not None and run.is_italic) or style in _ITALIC
    return [Char(one, bold, italic, link, href) for one in text]


def _text_of(child: Any) -> str:
    if isinstance(child, documents.Text):
        return "".join(" " if one in "\t\r\n\f" else one for one in child.value)
    if isinstance(child, documents.Break):
        return "\n" if child.break_type == "line" else " "
    if isinstance(child, documents.Checkbox):
        return "☑ " if child.checked else "☐ "
    return " " if isinstance(child, documents.Tab) else ""


def _looks_like_heading(chars: list[Char], text: str) -> bool:
    letters = [one for one in chars if not one.is_space]
    is_short = len(text.strip()) <= _LONGEST_BOLD and "\n" not in text.strip()
    return is_short and all(one.bold for one in letters) and not text.rstrip().endswith(_ENDS)
