"""From the small Markdown of content files to the blocks of a page, with every fault named by its line.

Only what can travel both ways without loss is allowed: paragraphs, strong, emphasis, links and flat lists.
"""

import html
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from markdown_it import MarkdownIt
from markdown_it.token import Token
from toolkit.sanitise import SCHEMES, TooMuchMarkup, sanitise

from .faults import Fault

_SECTION = re.compile(r"^##\s+(?P<heading>.+?)\s*\{#(?P<key>[a-z0-9-]+)\}\s*$")
_OPEN = re.compile(r"^:::\s*(?P<kind>[a-z-]+)\s*\{#(?P<key>[a-z0-9-]+)\}\s*(?P<rest>.*?)\s*$")
_WITHIN = re.compile(r"/(?:[a-z0-9-]+/)*(?:\?[a-z0-9=&-]+)?(?:#[a-z0-9-]+)?")  # an address on this site
_BLOCKS = {"key-point": "key_point", "quotation": "quotation", "text": "text"}
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink", "backticks", "html_inline"])
_markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # ours refuses by name and line, below
_RICH = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}
_PLAIN = {
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_open": "<ol>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
}
_REFUSED = {
    "heading_open": "a heading inside the text: sections start with “## Heading {#key}”, and there are no others",
    "fence": "a code block",
    "code_block": "a code block (a line indented by four spaces)",
    "html_block": "HTML",
    "blockquote_open": "a block quotation: use “::: quotation {#key} Who said it”",
    "hr": "a rule",
}


@dataclass(frozen=True)
class _Piece:
    """A run of lines that becomes one block."""

    kind: str
    key: str
    lines: list[str]
    first_line: int
    extra: str = ""


def read_body(text: str, *, page: UUID, path: str, first_line: int, faults: list[Fault]) -> list[dict[str, Any]]:
    """Stream data for a page body. Faults are added to the list given.

    Block identifiers are UUID 5 of the page's uuid and the block's key, so that a reload keeps them and every
    language of a page has the same.
    """
    pieces = _pieces(text, path, first_line, faults)
    _refuse_repeated_keys(pieces, path, faults)
    return [block for piece in pieces if (block := _block(piece, page, path, faults))]


def _pieces(text: str, path: str, first_line: int, faults: list[Fault]) -> list[_Piece]:
    pieces: list[_Piece] = []
    running: list[str] = []
    running_from, section, ordinal = first_line, "", 0
    inside: _Piece | None = None

    def end_text() -> None:
        nonlocal ordinal
        if any(line.strip() for line in running):
            ordinal += 1
            pieces.append(_Piece("text", f"{section}/{ordinal}", list(running), running_from))
        running.clear()

    for number, line in enumerate(text.split("\n"), start=first_line):
        if inside is not None:
            if line.strip() == ":::":
                pieces.append(inside)
                inside, running_from = None, number + 1
            else:
                inside.lines.append(line)
        elif heading := _SECTION.match(line):
            end_text()
            section, ordinal, running_from = heading["key"], 0, number + 1
            pieces.append(_Piece("section", section, [heading["heading"]], number))
        elif opening := _OPEN.match(line):
            end_text()
            inside = _Piece(opening["kind"], opening["key"], [], number, opening["rest"])
        elif line.startswith((":::", "## ")):
            faults.append(Fault(path, number, "has no {#key}; a section or block needs one that never changes."))
        else:
            if not running:
                running_from = number
            running.append(line)
    end_text()
    if inside is not None:
        faults.append(Fault(path, inside.first_line, "opens a block that is never closed with “:::”."))
    return pieces


def _refuse_repeated_keys(pieces: list[_Piece], path: str, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for piece in pieces:
        if piece.key in seen:
            faults.append(Fault(path, piece.first_line, f"the key “{piece.key}” is used twice in this file."))
        seen.add(piece.key)


def _block(piece: _Piece, page: UUID, path: str, faults: list[Fault]) -> dict[str, Any] | None:
    identifier = str(uuid5(page, piece.key))
    if piece.kind == "section":
        return {"type": "section", "value": {"heading": piece.lines[0], "key": piece.key}, "id": identifier}
    if piece.kind not in _BLOCKS and piece.kind != "text":
        known = ", ".join(sorted(_BLOCKS))
        faults.append(Fault(path, piece.first_line, f"“{piece.kind}” is not a kind of block (there are: {known})."))
        return None
    start = piece.first_line if piece.kind == "text" and "/" in piece.key else piece.first_line + 1
    rich = _rich_text("\n".join(piece.lines), path, start, faults)
    if not rich:
        faults.append(Fault(path, piece.first_line, "this block is empty."))
        return None
    return {"type": _BLOCKS[piece.kind], "value": _value(piece, rich, path, faults), "id": identifier}


def _value(piece: _Piece, rich: str, path: str, faults: list[Fault]) -> Any:
    if piece.kind == "text":
        return rich
    if piece.kind == "key-point":
        return {"text": rich}
    if not piece.extra:
        faults.append(Fault(path, piece.first_line, "a quotation says who spoke, after its key."))
    return {"text": rich, "speaker": piece.extra}


def _rich_text(text: str, path: str, first_line: int, faults: list[Fault]) -> str:
    written: list[str] = []
    line, depth, in_item = first_line, 0, False
    for token in _markdown.parse(text):
        line = first_line + token.map[0] if token.map else line
        if token.type in _REFUSED:
            faults.append(Fault(path, line, f"holds {_REFUSED[token.type]}."))
        elif token.type in _PLAIN:
            depth += {"list_open": 1, "ist_close": -1}.get(token.type[-9:], 0)
            if depth > 1:
                faults.append(Fault(path, line, "holds a list inside a list; lists have one level."))
            in_item = token.type == "list_item_open" or (in_item and token.type != "list_item_close")
            written.append(_PLAIN[token.type])
        elif token.type in ("paragraph_open", "paragraph_close"):
            if not in_item:
                written.append("<p>" if token.type == "paragraph_open" else "</p>")
        elif token.type == "inline":
            written.append(_inline(token.children or [], path, line, faults))
    try:
        return sanitise("".join(written))
    except TooMuchMarkup as refusal:
        faults.append(Fault(path, first_line, str(refusal)))
        return "-"


def _inline(tokens: list[Token], path: str, line: int, faults: list[Fault]) -> str:
    written: list[str] = []
    for token in tokens:
        if token.type == "text":
            if re.search(r"</?[a-zA-Z][^>]*>", token.content):
                faults.append(Fault(path, line, "holds HTML; write **strong**, *emphasis* and [links](https://…)."))
            written.append(html.escape(token.content, quote=False))
        elif token.type == "softbreak":
            line += 1
            written.append(" ")
        elif token.type in _RICH:
            written.append(_RICH[token.type])
        elif token.type == "link_open":
            if written and written[-1].endswith("!"):
                faults.append(Fault(path, line, "holds an image; images are not part of this kind of file yet."))
            written.append(_link(token, path, line, faults))
        elif token.type == "link_close":
            written.append("</a>")
        else:
            faults.append(Fault(path, line, "holds a forced line break or another mark that cannot be kept."))
    return "".join(written)


def _link(token: Token, path: str, line: int, faults: list[Fault]) -> str:
    href = str(token.attrs.get("href", ""))
    scheme = href.split(":", 1)[0].lower() if ":" in href else ""
    if scheme not in SCHEMES and not _WITHIN.fullmatch(href):
        faults.append(
            Fault(
                path,
                line,
                f"links to “{href}”; a link starts with https://, http:// or mailto:, or is an address on this site "
                "such as /glossary/finding/.",
            )
        )
    return f'<a href="{html.escape(href)}">'
