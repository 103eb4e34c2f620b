"""An item of choices while it is written: what keeps it from being saved, and what deserves a second look. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .items import undressed

KINDS = ("single_choice", "multiple_response")
FEWEST_WORDS = 12  # of an explanation
# Words that leave no exception: a practised reader knows that they are seldom true.
ABSOLUTE = {
    "en": re.compile(r"\b(always|never|all|none|nobody|everybody|everything|nothing|only|every|must|cannot)\b", re.I),
    "cy": re.compile(r"\b(bob amser|byth|pob|pawb|neb|dim|popeth|yn unig|rhaid)\b", re.I),
}
Texts = dict[str, str]  # by language code


@dataclass(frozen=True)
class Option:
    """One choice: its words and its explanation by language. The identifier keeps its meaning over versions."""

    identifier: str
    texts: Texts
    explanations: Texts
    is_key: bool = False


@dataclass(frozen=True)
class ChoiceItem:
    """A single-choice or multiple-response item, as far as it is written."""

    kind: str
    prompts: Texts
    options: list[Option] = field(default_factory=list)

    @property
    def structure(self) -> dict[str, Any]:
        return {"choices": [one.identifier for one in self.options]}

    @property
    def key(self) -> dict[str, Any]:
        return {"correct": sorted(one.identifier for one in self.options if one.is_key)}

    @property
    def texts(self) -> dict[str, Any]:
        return {
            code: undressed(
                {
                    "prompt": prompt,
                    "choices": {
                        one.identifier: {"text": one.texts.get(code, ""), "explanation": one.explanations.get(code, "")}
                        for one in self.options
                    },
                }
            )
            for code, prompt in self.prompts.items()
        }


@dataclass(frozen=True)
class Finding:
    """A sentence about a part of the item: "prompt", "key", or "text" or "explanation" of an option from 0."""

    sentence: str
    part: str
    option: int | None = None
    language: str = "en"


def faults(item: ChoiceItem) -> list[Finding]:
    """What keeps an item from being saved."""
    found: list[Finding] = []
    for code, prompt in item.prompts.items():
        if not prompt:
            found.append(Finding(_("Write the question."), "prompt", language=code))
        found += [*_missing(item, code), *_the_same(item, code)]
    return [*found, *_of_the_key(item)]


def _missing(item: ChoiceItem, code: str) -> Iterator[Finding]:
    for place, one in enumerate(item.options):
        number = {"number": place + 1}
        if not one.texts.get(code):
            yield Finding(_("Option %(number)s has no words.") % number, "text", place, code)
        if not one.explanations.get(code):
            sentence = _("Option %(number)s has no explanation. Say what thinking it rests on.")
            yield Finding(sentence % number, "explanation", place, code)


def _the_same(item: ChoiceItem, code: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for place, one in enumerate(item.options):
        words = _plain(one.texts.get(code, ""))
        if words and words in seen:
            numbers = {"first": seen[words] + 1, "second": place + 1}
            yield Finding(_("Options %(first)s and %(second)s are the same.") % numbers, "text", place, code)
        seen.setdefault(words, place)


def _of_the_key(item: ChoiceItem) -> Iterator[Finding]:
    keys = [one for one in item.options if one.is_key]
    if len(item.options) < 2:
        yield Finding(_("Write at least two options."), "text", 0)
    elif not keys:
        yield Finding(_("Say which option is right."), "key")
    elif item.kind == "single_choice" and len(keys) > 1:
        yield Finding(_("A single choice has one right option. Take the others away, or choose several."), "key")


def advice(item: ChoiceItem) -> list[Finding]:
    """What gives the key away or helps nobody to learn; it keeps nothing from being saved."""
    return [
        finding
        for code in item.prompts
        for found in (_longest(item, code), _absolute(item, code), _short(item, code), _said_twice(item, code))
        for finding in found
    ]


def _longest(item: ChoiceItem, code: str) -> Iterator[Finding]:
    keys = [len(one.texts.get(code, "")) for one in item.options if one.is_key]
    others = [len(one.texts.get(code, "")) for one in item.options if not one.is_key]
    if keys and others and min(keys) > max(others):
        yield Finding(_("What is right is the longest: a guess would find it by its length."), "key", language=code)


def _absolute(item: ChoiceItem, code: str) -> Iterator[Finding]:
    pattern = ABSOLUTE.get(code)
    if pattern is None:
        return
    wrong = [match for one in item.options if not one.is_key and (match := pattern.search(one.texts.get(code, "")))]
    right = any(pattern.search(one.texts.get(code, "")) for one in item.options if one.is_key)
    if wrong and not right:
        sentence = _("Only wrong options say such words as “%(word)s”: a guess would leave them out.")
        yield Finding(sentence % {"word": wrong[0].group()}, "text", language=code)


def _short(item: ChoiceItem, code: str) -> Iterator[Finding]:
    for place, one in enumerate(item.options):
        count = len(one.explanations.get(code, "").split())
        if 0 < count < FEWEST_WORDS:
            sentence = ngettext(
                "The explanation of option %(number)s has %(count)s word. Does it name the thinking?",
                "The explanation of option %(number)s has %(count)s words. Does it name the thinking?",
                count,
            )
            yield Finding(sentence % {"number": place + 1, "count": count}, "explanation", place, code)


def _said_twice(item: ChoiceItem, code: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for place, one in enumerate(item.options):
        words = _plain(one.explanations.get(code, ""))
        if words and words in seen:
            numbers = {"first": seen[words] + 1, "second": place + 1}
            sentence = _("Options %(first)s and %(second)s have the same explanation.")
            yield Finding(sentence % numbers, "explanation", place, code)
        seen.setdefault(words, place)


def _plain(words: str) -> str:
    return " ".join(words.casefold().rstrip(".").split())


def next_identifiers(taken: set[str]) -> Iterator[str]:
    """Identifiers for new options, in order, past those that ever meant something: a, b, … z, a2, b2, …"""
    letters = "abcdefghijklmnopqrstuvwxyz"
    round_number = 1
    while True:
        for letter in letters:
            name = letter if round_number == 1 else f"{letter}{round_number}"
            if name not in taken:
                yield name
        round_number += 1
