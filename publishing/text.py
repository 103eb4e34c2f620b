"""From the small Markdown of content files to the blocks of a page, with every fault named by its line.

Only what can travel both ways without loss is allowed; `text_writing` is the way back.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from toolkit.icons import ICONS

from .faults import Fault
from .markdown import read_markdown
from .plain import FILE_NAMES, read_plain

_KEY = r"\{#(?P<key>[a-z0-9-]+)(?: (?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?\}"
_SECTION = re.compile(rf"^##\s+(?P<heading>.+?)\s*{_KEY}\s*$")
_OPEN = re.compile(rf"^:::\s*(?P<kind>[a-z-]+)\s*{_KEY}\s*(?P<rest>.*?)\s*$")
LONGEST_OF_PICTURE = 250
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BLOCKS = {"key-point": "key_point", "quotation": "quotation", "text": "text"}
FILM, PICTURE = "embedded-film", "picture"  # in lessons only
LAW = "legal-statement"


@dataclass(frozen=True)
class _Piece:
    """A run of lines that becomes one block."""

    kind: str
    key: str
    lines: list[str]
    first_line: int
    extra: str = ""
    given: str = ""  # an identifier written out

    def identifier(self, page: UUID) -> str:
        return self.given or identifier_of(page, self.key, is_section=self.kind == "section")


def identifier_of(page: UUID, key: str, *, is_section: bool = False) -> str:
    """A block's identifier: its key itself where that is a UUID, otherwise made from the page's and the key."""
    return key if not is_section and _UUID.fullmatch(key) else str(uuid5(page, key))


def read_body(
    text: str, *, page: UUID, path: str, first_line: int, faults: list[Fault], lesson: bool = False
) -> list[dict[str, Any]]:
    """Stream data for a page body. Faults are added to the list given. In a lesson may stand films, practice and more.

    Block identifiers are made from the page's uuid and the block's key, so that a reload keeps them and every
    language of a page has the same.
    """
    pieces = _pieces(text, path, first_line, faults)
    _refuse_repeated_keys(pieces, page, path, faults)
    known = {*_BLOCKS, FILM, PICTURE, *FILE_NAMES} if lesson else {*_BLOCKS, LAW}
    return [block for piece in pieces if (block := _block(piece, page, path, faults, known))]


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
            pieces.append(_Piece("section", section, [heading["heading"]], number, given=heading["id"] or ""))
        elif opening := _OPEN.match(line):
            end_text()
            given = opening["id"] or ""
            inside = _Piece(opening["kind"], opening["key"], [], number, opening["rest"], given)
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


def _refuse_repeated_keys(pieces: list[_Piece], page: UUID, path: str, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for piece in pieces:
        names = {piece.key, piece.identifier(page)}
        if names & seen:
            faults.append(Fault(path, piece.first_line, f"the key “{piece.key}” is used twice in this file."))
        seen |= names


def _block(piece: _Piece, page: UUID, path: str, faults: list[Fault], known: set[str]) -> dict[str, Any] | None:
    identifier = piece.identifier(page)
    if piece.kind == "section":
        return {"type": "section", "value": {"heading": piece.lines[0], "key": piece.key}, "id": identifier}
    if piece.kind not in known:
        names = ", ".join(sorted(known))
        faults.append(Fault(path, piece.first_line, f"“{piece.kind}” is not a kind of block (there are: {names})."))
        return None
    if piece.kind == FILM:
        return {"type": "embedded_film", "value": _film(piece, path, faults), "id": identifier}
    if piece.kind == PICTURE:
        return {"type": "picture", "value": _picture(piece, path, faults), "id": identifier}
    if piece.kind in FILE_NAMES:
        return _plain(piece, path, faults, identifier)
    start = piece.first_line if piece.kind == "text" and "/" in piece.key else piece.first_line + 1
    rich = read_markdown("\n".join(piece.lines), path, start, faults)
    if not rich:
        faults.append(Fault(path, piece.first_line, "this block is empty."))
        return None
    return {"type": _BLOCKS[piece.kind], "value": _value(piece, rich, path, faults), "id": identifier}


def _plain(piece: _Piece, path: str, faults: list[Fault], identifier: str) -> dict[str, Any] | None:
    kind = FILE_NAMES[piece.kind]
    if piece.extra:
        faults.append(
            Fault(path, piece.first_line, "nothing stands after the key of such a block; its fields stand below.")
        )
    value = read_plain(kind, piece.lines, path, piece.first_line + 1, faults)
    return None if value is None else {"type": kind, "value": value, "id": identifier}


def _value(piece: _Piece, rich: str, path: str, faults: list[Fault]) -> Any:
    if piece.kind == "text":
        return rich
    if piece.kind == "key-point":
        return {"text": rich, **_icon(piece, path, faults)}
    if not piece.extra:
        faults.append(Fault(path, piece.first_line, "a quotation says who spoke, after its key."))
    return {"text": rich, "speaker": piece.extra}


def _icon(piece: _Piece, path: str, faults: list[Fault]) -> dict[str, str]:
    """What stands after the key of a key point: nothing, or the name of an icon."""
    if piece.extra and piece.extra not in ICONS:
        sentence = f"“{piece.extra}” is no icon (there are: {', '.join(ICONS)})."
        faults.append(Fault(path, piece.first_line, sentence))
    return {"icon": piece.extra} if piece.extra else {}


def _film(piece: _Piece, path: str, faults: list[Fault]) -> dict[str, str]:
    """A film at a host: its address after the key, its title on the first line, its transcript below."""
    title, transcript = piece.lines[0].strip() if piece.lines else "", "\n".join(piece.lines[1:]).strip()
    if not (piece.extra and title and transcript):
        sentence = "a film has its address after its key, its title on the first line and its transcript below."
        faults.append(Fault(path, piece.first_line, sentence))
    return {"title": title, "address": piece.extra, "transcript": transcript}


def _picture(piece: _Piece, path: str, faults: list[Fault]) -> dict[str, str]:
    """A picture beside the page: its file's name after the key, what it shows on the first line, its caption below."""
    alt, caption = piece.lines[0].strip() if piece.lines else "", " ".join("\n".join(piece.lines[1:]).split())
    if not (piece.extra and alt):
        faults.append(
            Fault(path, piece.first_line, "a picture has its file after its key and what it shows on the first line.")
        )
    if max(len(alt), len(caption)) > LONGEST_OF_PICTURE:
        faults.append(Fault(path, piece.first_line, "words of a picture are longer than 250 characters."))
    return {"picture": piece.extra, "alt": alt, "caption": caption}
