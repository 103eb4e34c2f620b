"""What was copied in Word and pasted at the desk, as blocks of a page: read by the reader of Word files (decision 59).

The clipboard's HTML becomes the documents that mammoth makes of a file; from there on both go the same way, so
headings, lists, tables and links are judged alike, every text passes the one seam, and every loss has its sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from mammoth import documents

from .built import Made, body_of
from .clipboard import Node, TooMuch, tree_of, without_what_stays_behind
from .flow import read_blocks
from .losses import Loss, Losses
from .missed import note_missed
from .parts import FarTooMuch, WordRefused
from .prepared import MAX_LETTERS

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "body", "html", "blockquote",
    "center", "pre", "address", "figure", "figcaption", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption",
    "hr", *_HEADINGS,
})  # fmt: skip
_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d)")
_NUMBER = re.compile(r"\(?[0-9a-z]{1,5}[.)]|\(?[ivxlc]{1,7}[.)]", re.IGNORECASE)
_BOLD, _LIGHT = re.compile(r"(?<!-)font-weight:\s*(bold|[6-9]00)"), re.compile(r"(?<!-)font-weight:\s*(normal|[1-5]00)")
_RAISED = {"sup": "superscript", "sub": "subscript"}


@dataclass(frozen=True)
class Pasted:
    """The blocks, how much was kept, and what was not."""

    body: list[dict[str, Any]]
    kept: dict[str, int]
    losses: list[Loss]


def read_paste(html: str, *, with_tables: bool, taken: Iterable[str] = ()) -> Pasted:
    """Raises WordRefused. `with_tables`: the page may hold tables; `taken`: identifiers of sections it has already."""
    losses = Losses()
    try:
        tree = tree_of(html)
    except TooMuch as error:
        raise WordRefused(_much()) from error
    lists = _Markers(tree)
    without_what_stays_behind(tree, losses)
    if len(tree.words) > MAX_LETTERS:
        raise WordRefused(_much())
    reader = _Reader(lists)
    blocks = reader.blocks_in(tree)
    try:
        flow = read_blocks(blocks, {f"h{level}": level for level in range(1, 7)}, losses, with_tables=with_tables)
    except FarTooMuch as error:
        raise WordRefused(_much()) from error
    body, kept = body_of(flow, losses, taken=taken)
    note_missed(Made("", "", body), flow, list(_paragraphs(blocks)), losses)
    return Pasted(body, kept, losses.told([one["value"]["heading"] for one in body if one["type"] == "section"]))


def _much() -> str:
    return _("You pasted far more than one page. Bring one chapter at a time.")


class _Markers:
    """The bullet or number of each of Word's items, which stand in the text and are taken out of it."""

    def __init__(self, tree: Node) -> None:
        self._found: dict[int, str] = {}
        self._look(tree, None)

    def _look(self, node: Node, paragraph: Node | None) -> None:
        paragraph = node if _LEVEL.search(node.style) else paragraph
        if paragraph is not None and "mso-list:ignore" in node.style.replace(" ", ""):
            self._found.setdefault(id(paragraph), node.words.strip())
            return
        for child in node.children:
            if isinstance(child, Node):
                self._look(child, paragraph)

    def is_ordered(self, paragraph: Node) -> bool:
        marker = self._found.get(id(paragraph), "")
        return bool(_NUMBER.match(marker)) and marker not in ("o", "o.")


@dataclass(frozen=True)
class _Set:
    """How words are set."""

    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    alignment: str = "baseline"


class _Reader:
    """Goes through the tree once. What stands beside a block and in none becomes a paragraph."""

    def __init__(self, markers: _Markers) -> None:
        self._markers = markers

    def blocks_in(self, node: Node, given: dict[str, Any] | None = None, how: _Set | None = None) -> list[Any]:
        """`given`: what a paragraph in here is besides its words, such as an item of a list."""
        made: list[Any] = []
        beside: list[Any] = []
        for child in node.children:
            if _holds_blocks(child):
                made += self._flushed(beside, given)
                beside = []
                assert isinstance(child, Node)
                made += self._block(child, given or {}, _how(child, how or _Set()))
            else:
                beside += self._inline(child, how or _Set())
        return made + self._flushed(beside, given)

    def _flushed(self, children: list[Any], given: dict[str, Any] | None) -> list[Any]:
        return [documents.paragraph(children, **(given or {}))] if _has_words(children) else []

    def _block(self, node: Node, given: dict[str, Any], how: _Set) -> list[Any]:
        if node.tag == "table":
            return [self._table(node)]
        if node.tag in ("ul", "ol"):
            return self._list(node, given, how)
        return self.blocks_in(node, self._given(node, given), how)

    def _given(self, node: Node, given: dict[str, Any]) -> dict[str, Any]:
        level = _HEADINGS.get(node.tag) or (1 if "MsoTitle" in node.classes else 0)
        if level:
            return {"style_id": f"h{level}"}
        if item := _LEVEL.search(node.style):
            return _item(int(item[1]) - 1, is_ordered=self._markers.is_ordered(node))
        if node.tag == "blockquote" or {"MsoQuote", "MsoIntenseQuote"} & set(node.classes):
            return {"style_name": "Quote"}
        return given

    def _list(self, node: Node, given: dict[str, Any], how: _Set) -> list[Any]:
        outer = given.get("numbering")
        level = int(outer.level_index) + 1 if outer is not None else 0
        made: list[Any] = []
        for child in node.children:
            if isinstance(child, Node):
                item = _item(level, is_ordered=node.tag == "ol")
                made += self._list_item(child, item, how)
        return made

    def _list_item(self, child: Node, item: dict[str, Any], how: _Set) -> list[Any]:
        if child.tag in ("ul", "ol"):  # Google Docs hangs inner lists beside their items
            return self._list(child, item, how)
        made: list[Any] = []
        words = Node(child.tag, child.attributes, [])
        for one in child.children:
            if isinstance(one, Node) and one.tag in ("ul", "ol"):
                made += self._item_paragraphs(words, item, how)
                words = Node(child.tag, child.attributes, [])
                made += self._list(one, item, how)
            else:
                words.children.append(one)
        return made + self._item_paragraphs(words, item, how)

    def _item_paragraphs(self, words: Node, item: dict[str, Any], how: _Set) -> list[Any]:
        """An item is one paragraph: several of its own become its lines."""
        blocks = self.blocks_in(words, {}, how)
        tables = [one for one in blocks if isinstance(one, documents.Table)]
        children: list[Any] = []
        for one in blocks:
            if isinstance(one, documents.Paragraph):
                children += [documents.run([documents.line_break])] * bool(children) + list(one.children)
        return [*([documents.paragraph(children, **item)] if children else []), *tables]

    def _table(self, node: Node) -> Any:
        rows = [self._row(row, in_head) for row, in_head in _rows(node)]
        return documents.table([row for row in rows if row.children])

    def _row(self, node: Node, in_head: bool) -> Any:
        cells = [one for one in node.children if isinstance(one, Node) and one.tag in ("td", "th")]
        is_header = bool(cells) and (in_head or all(one.tag == "th" for one in cells))
        made = [
            documents.table_cell(
                self.blocks_in(one, {}, _how(one, _Set(is_bold=one.tag == "th"))),
                colspan=_span(one, "colspan"),
                rowspan=_span(one, "rowspan"),
            )
            for one in cells
        ]
        return documents.table_row(made, is_header=is_header)

    def _inline(self, child: Node | str, how: _Set) -> list[Any]:
        if isinstance(child, str):
            words = re.sub(r"[ \t\r\n\f]+", " ", child)
            return [_run([documents.text(words)], how)] if words else []
        if child.tag == "br":
            return [_run([documents.line_break], how)]
        inner = [one for below in child.children for one in self._inline(below, _how(child, how))]
        if child.tag != "a" or not child.get("href"):
            return inner
        href = child.get("href").strip()
        is_inner = href.startswith("#")
        return [documents.hyperlink(inner, href=None if is_inner else href, anchor=href[1:] if is_inner else None)]


def _run(children: list[Any], how: _Set) -> Any:
    return documents.run(
        children,
        is_bold=how.is_bold,
        is_italic=how.is_italic,
        is_strikethrough=how.is_struck,
        vertical_alignment=how.alignment,
    )


def _how(node: Node, how: _Set) -> _Set:
    style = node.style
    bold = how.is_bold or node.tag in ("b", "strong") or bool(_BOLD.search(style))
    return replace(
        how,
        is_bold=bold and not _LIGHT.search(style),
        is_italic=(how.is_italic or node.tag in ("i", "em") or "font-style:italic" in style.replace(" ", "")),
        is_struck=how.is_struck or node.tag in ("s", "strike") or "line-through" in style,
        alignment=_RAISED.get(node.tag, how.alignment),
    )


def _item(level: int, *, is_ordered: bool) -> dict[str, Any]:
    return {"numbering": documents.numbering_level(level, is_ordered)}


def _holds_blocks(child: Node | str) -> bool:
    """Whether it is a block or has one in it, as the bold that Google Docs wraps everything in."""
    if isinstance(child, str):
        return False
    return child.tag in _BLOCKS or any(map(_holds_blocks, child.children))


def _rows(node: Node, in_head: bool = False) -> Iterator[tuple[Node, bool]]:
    """Its own rows, not those of tables inside it."""
    for child in node.children:
        if isinstance(child, Node) and child.tag == "tr":
            yield child, in_head
        elif isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, child.tag == "thead")


def _span(node: Node, name: str) -> int:
    given = node.get(name)
    return min(int(given), 100) or 1 if given.isascii() and given.isdecimal() and len(given) < 5 else 1


def _has_words(children: list[Any]) -> bool:
    return any(_text(one).strip() for one in children)


def _text(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Break):
        return "\n"
    return "".join(_text(one) for one in getattr(element, "children", ()))


def _paragraphs(blocks: list[Any]) -> Iterator[str]:
    """The words of each that has to come over."""
    for one in blocks:
        if isinstance(one, documents.Paragraph):
            yield _text(one)
        else:
            yield from _paragraphs(list(getattr(one, "children", ())))
