"""A clipboard's HTML as a tree: of what Word, Google Docs and LibreOffice put there, what is to be read. Pure."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .losses import Code, Losses

MAX_DEPTH, MAX_ELEMENTS = 60, 30_000
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr", "param"}
)
_NEVER = frozenset({
    "script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas",
    "video", "audio", "form", "input", "button", "select", "textarea", "xml", "meta", "link", "base", "img", "frameset",
})  # fmt: skip
_DRAWN = frozenset({"object", "svg", "canvas", "math", "embed"})
_HIDDEN = re.compile(r"mso-hide:\s*all|display:\s*none|visibility:\s*hidden")
_NOTE = re.compile(r"mso-element:\s*(footnote|endnote)-list")


class TooMuch(ValueError):
    """Raised for more elements, or deeper ones, than anybody writes."""


@dataclass
class Node:
    """An element, its attributes by lower-case name, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def style(self) -> str:
        return self.get("style").lower()

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    @property
    def words(self) -> str:
        return "".join(one if isinstance(one, str) else one.words for one in self.children)


def tree_of(html: str) -> Node:
    """The whole of it; its root has no tag. Raises TooMuch."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]
        self._elements = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(self._open) > MAX_DEPTH:
            raise TooMuch
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def without_what_stays_behind(node: Node, losses: Losses) -> None:
    """Takes out what a page does not take over, and notes it: pictures, notes, and what its writer took back."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            kept.append(child)
        elif not _stays_behind(child, losses):
            without_what_stays_behind(child, losses)
            kept.append(child)
    node.children = kept


def _stays_behind(node: Node, losses: Losses) -> bool:
    if node.tag == "img":
        words = " ".join(node.get("alt").split())
        losses.note(Code.PICTURE if words else Code.PICTURE_WITHOUT_WORDS, "", words)
    elif node.tag in _DRAWN:
        losses.note(Code.DRAWING)
    elif node.tag == "del":
        losses.note(Code.DELETED)
    elif _is_comment(node):
        losses.note(Code.COMMENT)
    elif _HIDDEN.search(node.style):
        losses.note(Code.HIDDEN)
    elif _NOTE.search(node.style):
        losses.note(Code.FOOTNOTE, "", node.words)
    else:
        if node.tag == "ins":
            losses.note(Code.INSERTED, "", node.words)
        return node.tag in _NEVER or "mso-list:ignore" in node.style.replace(" ", "") or _leads_to_note(node)
    return True


def _leads_to_note(node: Node) -> bool:
    """The number of a note, or the way back from one; its words are noted where the notes stand."""
    return node.tag == "a" and node.get("href").startswith(("#_ftn", "#_edn"))


def _is_comment(node: Node) -> bool:
    marks = {"msocomanchor", "MsoCommentReference"} & set(node.classes)
    return bool(marks) or "mso-element:comment" in node.style.replace(" ", "")
