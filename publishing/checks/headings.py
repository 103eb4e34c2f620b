"""Headings: a way through the text, in order, and nothing empty under them. Pure."""

from itertools import pairwise

from django.utils.translation import gettext as _

from .base import Draft, Finding, Piece, Weight

LONGEST_WITHOUT = 400  # words


def check(draft: Draft) -> list[Finding]:
    """A long text needs headings; each heading has words under it and says something of its own."""
    return [*_none(draft), *_empty(draft), *_repeated(draft)]


def _sections(draft: Draft) -> list[Piece]:
    return [piece for piece in draft.pieces if piece.kind == "section"]


def _none(draft: Draft) -> list[Finding]:
    words = sum(len(piece.words.split()) for piece in draft.pieces)
    if words <= LONGEST_WITHOUT or _sections(draft):
        return []
    sentence = _("This text has more than 400 words and no section heading. Divide it, so that readers find their way.")
    return [Finding("headings_none", Weight.GATE, sentence, field="body", anchor="id_body")]


def _empty(draft: Draft) -> list[Finding]:
    ends = [*draft.pieces, None] if draft.pieces else []
    alone = [
        one
        for one, after in pairwise(ends)
        if one is not None and one.kind == "section" and (after is None or after.kind == "section")
    ]
    return [
        Finding(
            "heading_empty",
            Weight.GATE,
            _("Nothing stands under the heading “%(heading)s”. Write what belongs there, or take the heading away.")
            % {"heading": piece.words},
            where=piece.words,
            anchor=piece.anchor,
            field="body",
        )
        for piece in alone
    ]


def _repeated(draft: Draft) -> list[Finding]:
    seen: set[str] = set()
    found = []
    for piece in _sections(draft):
        if (plain := piece.words.strip().casefold()) in seen:
            sentence = _("Two sections are both called “%(heading)s”. Say what is different about this one.")
            found.append(
                Finding(
                    "heading_repeated",
                    Weight.ADVICE,
                    sentence % {"heading": piece.words},
                    where=piece.words,
                    anchor=piece.anchor,
                    field="body",
                )
            )
        seen.add(plain)
    return found
