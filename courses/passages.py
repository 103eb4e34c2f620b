"""A passage cut at the words that can be marked in it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace


class NotInPassage(ValueError):
    """Raised for words that do not stand in the passage after those before them; `str()` is the words."""


@dataclass(frozen=True)
class Run:
    """Words of a passage; `number` says which of the phrases they are, from 1, and is 0 for what lies between.

    `before` and `after` are the quotation marks, full stop or comma that may not be parted from a phrase.
    """

    words: str
    number: int = 0
    before: str = ""
    after: str = ""


Paragraphs = list[list[Run]]
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_OPENING = re.compile(r"[(‘“]*\Z")
_CLOSING = re.compile(r"\A[.,;:!?…)’”]*")


def cut(passage: str, phrases: Sequence[str]) -> Paragraphs:
    """The passage by paragraphs, each phrase a run of its own. Phrases come in the order of the text."""
    found, rest = [], passage.replace("\r\n", "\n")
    for number, phrase in enumerate(phrases, start=1):
        between, words, rest = rest.partition(phrase)
        if not words:
            raise NotInPassage(phrase)
        opening, closing = _marks(_OPENING, between), _marks(_CLOSING, rest)
        rest = rest.removeprefix(closing)
        found += [Run(between.removesuffix(opening)), Run(words, number, opening, closing)]
    return _by_paragraph([*found, Run(rest)])


def _marks(where: re.Pattern[str], text: str) -> str:
    found = where.search(text)
    return found[0] if found else ""


def _by_paragraph(runs: Sequence[Run]) -> Paragraphs:
    paragraphs: Paragraphs = [[]]
    for run in runs:
        first, *others = [run.words] if run.number else _BLANK_LINE.split(run.words)
        paragraphs[-1].append(replace(run, words=first))
        paragraphs += [[Run(one)] for one in others]
    kept = [[run for run in one if run.words] for one in paragraphs]
    return [one for one in kept if one]
