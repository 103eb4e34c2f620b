"""The gates: each says in sentences what does not hold, beginning with the file, or with the bank or kind. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from django.urls import Resolver404, resolve

from assessments.choice_writing import FEWEST_WORDS
from publishing.kinds import Parsed

from .banks import banks_of
from .guessing import keys_told_by_form, keys_told_by_length
from .said import Option, addresses_of, items_of, links_of, options_of, pages_of, prompt_of, words_said

ALIKE = 0.7  # of their words that two texts share, from which on they are called alike
SHORT = 8  # words; shorter texts are alike only where they are the same

# DOMAIN 7.5: words that judge. They stand only inside quoted examples.
JUDGING = re.compile(
    r"\b(failed|failed to|failings?|should have|non-engaging|disguised compliance|a case of a family)\b", re.IGNORECASE
)
# How it is spelt in the United States; -ize is also British in some houses' style, and ours is -ise.
_OR = "behavi col fav flav harb hon hum lab neighb rum"
_IZE = (
    "apolog author categor central character civil critic emphas final general ideal legal local maxim memor minim "
    "mobil normal organ prior priorit real recogn scrutin special stabil standard summar util visual"
)
_ONE_L = "cancel counsel label level model signal travel"
_OTHERS = (
    "analyze analyzed analyzing paralyzed catalog center centers centered defense dialog enrollment enrollments "
    "fiber fulfill fulfillment gotten gray math mom moms offense pediatric pediatrician practiced "
    "pretense skillful theater willful"
)
ELSEWHERE = re.compile(
    rf"\b(?:(?:{'|'.join(_OR.split())})or(?:s|ed|ing|able|hood|hoods|al|ite|ites)?|"
    rf"(?:{'|'.join(_IZE.split())})iz(?:e|es|ed|ing|ation|ations)|"
    rf"(?:{'|'.join(_ONE_L.split())})(?:ed|ing|er|ers|or|ors)|{'|'.join(_OTHERS.split())})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gate:
    """One gate: its name, and what finds what does not hold."""

    name: str
    find: Callable[[Sequence[Parsed]], Iterable[str]]


def british_spelling(things: Sequence[Parsed]) -> Iterator[str]:
    """A word that is spelt as in another country, outside quotation marks."""
    for thing in things:
        for found in sorted({one.group().casefold() for one in ELSEWHERE.finditer(words_said(thing, unquoted=True))}):
            yield f"{thing.path}: “{found}” is not how we spell it."


def judging_words(things: Sequence[Parsed]) -> Iterator[str]:
    """A word that judges, outside quotation marks."""
    for thing in things:
        for found in sorted({one.group().casefold() for one in JUDGING.finditer(words_said(thing, unquoted=True))}):
            yield f"{thing.path}: “{found}” judges, and does not stand in a quotation."


def links(things: Sequence[Parsed]) -> Iterator[str]:
    """A link within the site that leads to no page of the package and no address of the site."""
    known = addresses_of(things)
    for thing in things:
        for address in links_of(thing):
            if address not in known and not _is_ours(address):
                yield f"{thing.path}: a link leads to {address}, and nothing is there."


@cache
def _is_ours(address: str) -> bool:
    """Whether an address is the site's own, and not one that pages may have."""
    try:
        return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False


def team_packs(things: Sequence[Parsed]) -> Iterator[str]:
    """A briefing that a team cannot take into a meeting; what a pack must hold is asked where its file is read."""
    for thing in things:
        if thing.kind == "briefing" and not thing.state["team_agenda"]:
            yield f"{thing.path}: there is no team pack."


def pictures(things: Sequence[Parsed]) -> Iterator[str]:
    """A picture that does not say in words what it shows."""
    for thing in pages_of(things):
        for block in thing.state["body"]:
            if block["type"] == "image" and not str(block["value"].get("alt", "")).strip():
                yield f"{thing.path}: a picture does not say what it shows."


def outcomes(things: Sequence[Parsed]) -> Iterator[str]:
    """A learning outcome of a module without lessons, or without a question in its quiz."""
    taught = {(thing.state["course"], thing.state["folder"]) for thing in things if thing.kind == "lesson"}
    tested = {(item.state["course"], item.state["outcome"]) for item in items_of(things)}
    for module in (thing for thing in things if thing.kind == "module" and not thing.key.endswith(":cy")):
        course, folder = module.state["course"], module.path.split("/")[-2]
        for outcome in module.state["outcomes"]:
            if (course, folder) not in taught:
                yield f"{module.path}: no lesson teaches {outcome['code']}."
            if (course, outcome["code"]) not in tested:
                yield f"{module.path}: no question tests {outcome['code']}."


def blueprints(things: Sequence[Parsed]) -> Iterator[str]:
    """A quiz whose bank does not hold enough, by learning outcome and kind, for three draws without a repetition."""
    for bank in banks_of(things):
        for sentence in bank.short_of():
            yield f"{bank.quiz.path}: {sentence}"


def items_alike(things: Sequence[Parsed]) -> Iterator[str]:
    """Two questions that ask nearly the same in nearly the same words."""
    told = [
        (item.path, f"{prompt_of(item)} {' '.join(one.text for one in options_of(item))}") for item in items_of(things)
    ]
    for first, second in _alike(told):
        yield f"{second}: asks nearly the same as {first}."


def explanations_alike(things: Sequence[Parsed]) -> Iterator[str]:
    """Two explanations in nearly the same words, in one question or in two."""
    told = [(f"{one.path} ({one.name})", one.explanation) for one in _options(things)]
    for first, second in _alike(told):
        yield f"{second}: explains nearly as {first} does."


def explanations_short(things: Sequence[Parsed]) -> Iterator[str]:
    """An explanation too short to name the thinking an option rests on."""
    for one in _options(things):
        if len(one.explanation.split()) < FEWEST_WORDS:
            yield f"{one.path} ({one.name}): is explained in fewer than {FEWEST_WORDS} words."


def _options(things: Sequence[Parsed]) -> Iterator[Option]:
    for item in items_of(things):
        yield from options_of(item)


def _alike(told: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of names whose texts share most of their words; the shorter a text, the more exactly.

    Two texts that share so much have one of their rarer words in common, so only such pairs are compared.
    """
    bags = [(name, frozenset(re.findall(r"\w+", text.casefold()))) for name, text in told]
    often = Counter(word for _name, words in bags for word in words)
    earlier: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name, words in bags:
        rarest = sorted(words, key=lambda word: (often[word], word))
        rarer = rarest[: len(words) - ceil(ALIKE * len(words)) + 1]
        for first, theirs in dict.fromkeys(bag for word in rarer for bag in earlier[word]):
            enough = ALIKE if min(len(words), len(theirs)) >= SHORT else 1
            if len(words & theirs) >= enough * len(words | theirs):
                yield first, name
        for word in rarer:
            earlier[word].append((name, words))


GATES = (
    Gate("British spelling", british_spelling),
    Gate("words that judge", judging_words),
    Gate("links within the site", links),
    Gate("pictures in words", pictures),
    Gate("briefings with a team pack", team_packs),
    Gate("learning outcomes taught and tested", outcomes),
    Gate("banks that fill three draws", blueprints),
    Gate("questions alike", items_alike),
    Gate("explanations alike", explanations_alike),
    Gate("explanations of twelve words or more", explanations_short),
    Gate("keys told by their length", keys_told_by_length),
    Gate("keys told by their form", keys_told_by_form),
)


def held_to(things: Sequence[Parsed]) -> dict[str, list[str]]:
    """By the name of each gate, what does not hold; an empty list where it holds."""
    return {gate.name: list(gate.find(things)) for gate in GATES}
