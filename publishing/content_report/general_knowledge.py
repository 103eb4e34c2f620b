"""What of a package rests on general knowledge. Pure.

A work that nobody opened for the course says so in its note in `reference/sources.yaml`; a page that rests on more
than its works says so in a sentence of its own. Both are found by these two words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publishing.kinds import Parsed

from .said import items_of, pages_of, texts_said

GENERAL = "general knowledge"
_SENTENCE = re.compile(r"[^.?!]+[.?!]")


@dataclass(frozen=True)
class UnopenedWork:
    """A work that is named from general knowledge: what it is named for, and by which pages and questions."""

    source: Parsed
    pages: list[str]
    items: list[str]


@dataclass(frozen=True)
class OwnWord:
    """A sentence in which a page says that it rests on general knowledge."""

    path: str
    sentence: str


def unopened_works(things: Sequence[Parsed]) -> list[UnopenedWork]:
    """Those that something in the package names."""
    works = [thing for thing in things if thing.kind == "source" and GENERAL in thing.state["note"]]
    found = [UnopenedWork(one, _naming(one, pages_of(things)), _naming(one, items_of(things))) for one in works]
    return [work for work in found if work.pages or work.items]


def _naming(work: Parsed, things: Sequence[Parsed]) -> list[str]:
    return [thing.path for thing in things if work.key in thing.state.get("sources", [])]


def own_words(things: Sequence[Parsed]) -> list[OwnWord]:
    """Every such sentence; what a module says of itself holds for its lessons and questions too."""
    return [
        OwnWord(thing.path, sentence)
        for thing in pages_of(things)
        for text in texts_said(thing)
        for one in _SENTENCE.findall(" ".join(text.split()))
        if GENERAL in (sentence := one.strip())
    ]


def without_works(things: Sequence[Parsed]) -> list[str]:
    """Lessons, briefings, stories, reports and questions that name no work at all."""
    told = [thing for thing in pages_of(things) if thing.kind in ("lesson", "briefing", "story", "report")]
    return [thing.path for thing in [*told, *items_of(things)] if not thing.state.get("sources")]
