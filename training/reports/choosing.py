"""How many of a cohort gave which answer to one question, and what they earned by it. Pure.

People are counted, not answers: each by the first answer they ever handed in to it, and by the last. What was typed is
counted by its form; forms that one person typed, and all beyond the most frequent, stand together: nobody's own words
stand alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from assessments.items import Given, ItemType
from assessments.tries import is_given

from .answers import HandedIn

MOST_FORMS = 10
MANY_ROWS = 12  # a question with more is shown without those nobody gave
NOTHING, REMOVED, OTHERS = "nothing", "removed", "others"
_PICKED, _TYPED = "picked ", "typed "  # before every other name, so that none is one of those three
Key = Mapping[str, Any]


@dataclass
class Came:
    """How many gave an answer, and how many of them earned all the points, some or none."""

    people: int = 0
    full: int = 0
    part: int = 0
    none: int = 0

    @property
    def judged(self) -> int:
        """Those who could earn anything by it."""
        return self.full + self.part + self.none

    def count(self, points: Fraction, max_score: Fraction) -> None:
        self.people += 1
        if max_score <= 0:
            return  # nothing could be earned
        if points >= max_score:
            self.full += 1
        elif points > 0:
            self.part += 1
        else:
            self.none += 1


@dataclass
class Row:
    """One answer: `key` names it, or says that nothing was given, kept, or shared by two."""

    key: str
    words: str
    first: Came = field(default_factory=Came)
    last: Came = field(default_factory=Came)


@dataclass(frozen=True)
class Counted:
    """One question: everybody who answered it, and each answer."""

    whole: Row
    rows: list[Row]


def first_and_last(tries: Iterable[HandedIn]) -> tuple[list[HandedIn], list[HandedIn]]:
    """Each person's first and last try of those at one question, given in order."""
    first: dict[int, HandedIn] = {}
    last: dict[int, HandedIn] = {}
    for one in tries:
        first.setdefault(one.run, one)
        last[one.run] = one
    return list(first.values()), list(last.values())


def counted(kind: ItemType, given: Given, key: Key, tries: Iterable[HandedIn]) -> Counted:
    """What is counted of one version of a question; `given` is it as it is asked, without a value."""
    first, last = first_and_last(tries)
    named = {f"{_PICKED}{name}": words for name, words in kind.rows(given)}
    forms = _forms(kind, given, key, [*first, *last])
    rows = {name: Row(name, words) for name, words in [*named.items(), *forms.items()]}
    rows |= {name: Row(name, "") for name in (OTHERS, NOTHING, REMOVED)}
    whole = Row("", "")
    for answer in first:
        for name in _names(kind, given, key, answer, rows):
            rows[name].first.count(answer.points, answer.max_score)
        whole.first.count(answer.points, answer.max_score)
    for answer in last:
        for name in _names(kind, given, key, answer, rows):
            rows[name].last.count(answer.points, answer.max_score)
        whole.last.count(answer.points, answer.max_score)
    always = set(named) if len(named) <= MANY_ROWS else set()
    return Counted(whole, [row for name, row in rows.items() if name in always or row.first.people or row.last.people])


def _forms(kind: ItemType, given: Given, key: Key, tries: Iterable[HandedIn]) -> dict[str, str]:
    """What was typed by two people or more, the most frequent forms first: words, by the name of a row."""
    people: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for one in tries:
        for name, words in _typed(kind, given, key, one):
            people[name].add(one.run)
            spelled[name][words] += 1
    shared = sorted((name for name in people if len(people[name]) > 1), key=lambda name: (-len(people[name]), name))
    return {name: spelled[name].most_common(1)[0][0] for name in shared[:MOST_FORMS]}


def _typed(kind: ItemType, given: Given, key: Key, one: HandedIn) -> list[tuple[str, str]]:
    found = kind.typed(replace(given, value=one.value), dict(key))
    return [(f"{_TYPED}{name}", words) for name, words in found]


def _names(kind: ItemType, given: Given, key: Key, one: HandedIn, rows: Mapping[str, Row]) -> set[str]:
    """The rows, of these, that an answer counts in."""
    if one.value is None:
        return {REMOVED}
    if not is_given(one.value):
        return {NOTHING}
    picked = {f"{_PICKED}{name}" for name in kind.picked(one.value)}
    typed = {name for name, _words in _typed(kind, given, key, one)}
    return {*(rows.keys() & (picked | typed)), *({OTHERS} if typed - rows.keys() else ())}
