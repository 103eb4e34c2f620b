"""The part of a text that shows why it was found. Pure.

An extract is a list of pieces, each marked or not. The template prints them, and so escapes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .terms import Spotted, joined, spotted

LENGTH = 230  # characters, about two lines on a wide page
LEAD_IN = 70  # how far back the beginning of a sentence may lie
_ENDS = (". ", "? ", "! ", "” ", ": ")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Extract:
    """Pieces in order, and how much of what was asked they hold."""

    pieces: list[Piece]
    value: float

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def extract(text: str, wanted: Mapping[str, float]) -> Extract:
    """The stretch of a text that holds most of the wanted words; `wanted` says how much each folded word tells.

    Without any of them it is the beginning of the text, and its value 0.
    """
    found = sorted(
        (one for one in (*spotted(text), *joined(text)) if one.word in wanted), key=lambda one: (one.start, one.end)
    )
    first, value = _best_start(found, wanted)
    start = _sentence_start(text, found[first].start) if found else 0
    end = _word_end(text, start + LENGTH)
    return Extract(_pieces(text, start, end, found), value)


def _best_start(found: Sequence[Spotted], wanted: Mapping[str, float]) -> tuple[int, float]:
    """The place in `found` where the best window begins, and its value: each word counts once, a repeat a little."""
    best = (0, 0.0)
    for first, one in enumerate(found):
        inside = [two.word for two in found[first:] if two.end <= one.start + LENGTH - LEAD_IN]
        value = sum(wanted[word] for word in set(inside)) + 0.01 * len(inside)
        if value > best[1] + 1e-9:
            best = (first, value)
    return best


def _sentence_start(text: str, place: int) -> int:
    """The beginning of the sentence around a place if it is near, else of a word a little before."""
    earliest = max(0, place - LEAD_IN)
    if earliest == 0:
        return 0
    before = text[earliest:place]
    ends = [before.rfind(end) + len(end) for end in _ENDS if end in before]
    if ends:
        return earliest + max(ends)
    space = before.find(" ")
    return earliest + space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """The last end of a word at or before a place."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return space if space > place - LENGTH // 2 else place


def _pieces(text: str, start: int, end: int, found: Sequence[Spotted]) -> list[Piece]:
    pieces = [Piece("… ")] if start else []
    place = start
    for one in found:
        if one.start >= place and one.end <= end:
            pieces += [Piece(text[place : one.start]), Piece(text[one.start : one.end], is_marked=True)]
            place = one.end
    pieces.append(Piece(text[place:end] + (" …" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]
