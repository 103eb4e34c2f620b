"""What the form of the options gives away: how often somebody who has read no lesson would find the key by it. Pure.

Each cue is a rule that a sharp guesser follows, from the lists of faults in writing items (Haladyna, Downing and
Rodriguez, 2002: length, absolute words, words of the prompt repeated). What a cue finds is compared with what a throw
of dice would.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.choice_writing import ABSOLUTE, KINDS
from publishing.kinds import Parsed

from .said import items_of

ABOVE_CHANCE = Fraction(1, 10)
FEWEST = 40  # questions of a kind from which on a cue says more than luck, over all banks together

_ASKING = frozenset(["what", "who", "whom", "whose", "how", "when", "where", "whether", "why", "which"])
_CAREFUL = frozenset(["can", "could", "may", "might", "often", "some", "sometimes", "usually", "would", "perhaps"])


@dataclass(frozen=True)
class Cue:
    """A rule of guessing: the option of which there is most."""

    name: str
    weight: Callable[[str, str], float]  # of the prompt and one option's words


def _count_of(words: frozenset[str]) -> Callable[[str, str], float]:
    return lambda prompt, option: sum(word in words for word in _words(option))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())


def _repeated(prompt: str, option: str) -> float:
    long_words = {word for word in _words(prompt) if len(word) > 4}
    return len(long_words & set(_words(option)))


LENGTHS = (
    Cue("the longest option", lambda prompt, option: len(option)),
    Cue("the shortest option", lambda prompt, option: -len(option)),
)
CUES = (
    *LENGTHS,
    Cue("the option with most commas", lambda prompt, option: len(re.findall("[,;]", option))),
    Cue("the option that asks (what, how, who)", _count_of(_ASKING)),
    Cue("the careful option (may, can, often)", _count_of(_CAREFUL)),
    Cue("the option without absolute words", lambda prompt, option: -len(ABSOLUTE["en"].findall(option))),
    Cue("the option that repeats the question", _repeated),
)


def keys_told_by_length(things: Sequence[Parsed]) -> Iterator[str]:
    """Banks in which the longest option, or the shortest, is right so often that its length tells it."""
    for (kind, module), states in sorted(_by_module(things).items()):
        for cue in LENGTHS:
            found = found_by(cue, states)
            if found > by_chance(states) + ABOVE_CHANCE:
                yield f"module {module}, {_sentence(kind, cue, found, states)}"


def keys_told_by_form(things: Sequence[Parsed]) -> Iterator[str]:
    """Cues that find the key more often than chance allows, over all banks together."""
    for kind in KINDS:
        states = [state for (one, _), held in sorted(_by_module(things).items()) if one == kind for state in held]
        if len(states) < FEWEST:
            continue
        chance = by_chance(states)
        for cue in CUES:
            found = found_by(cue, states)
            if found > chance + ABOVE_CHANCE:
                yield _sentence(kind, cue, found, states)


def found_by(cue: Cue, states: Sequence[dict[str, Any]]) -> Fraction:
    """What share of the key somebody finds who always takes what the cue names; between equals they throw dice."""
    return sum((_found_in(cue, state) for state in states), Fraction(0)) / len(states)


def by_chance(states: Sequence[dict[str, Any]]) -> Fraction:
    """What share of the key a throw of dice finds."""
    shares = (Fraction(len(state["key"]["correct"]), len(state["texts"]["en"]["choices"])) for state in states)
    return sum(shares, Fraction(0)) / len(states)


def _found_in(cue: Cue, state: dict[str, Any]) -> Fraction:
    """As many options are taken as are right, the weightiest first; a tie at the last place is shared."""
    texts, correct = state["texts"]["en"], set(state["key"]["correct"])
    weights = {name: cue.weight(texts["prompt"], one["text"]) for name, one in texts["choices"].items()}
    least = sorted(weights.values(), reverse=True)[len(correct) - 1]
    above = [name for name in weights if weights[name] > least]
    level = [name for name in weights if weights[name] == least]
    places = len(correct) - len(above)
    hits = sum(name in correct for name in above) + Fraction(
        sum(name in correct for name in level) * places, len(level)
    )
    return Fraction(hits) / len(correct)


def _by_module(things: Sequence[Parsed]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for item in items_of(things):
        if item.state["kind"] in KINDS:
            found[item.state["kind"], item.state["module"]].append(item.state)
    return found


def _sentence(kind: str, cue: Cue, found: Fraction, states: Sequence[dict[str, Any]]) -> str:
    chance = _percent(by_chance(states))
    return f"{kind}: {cue.name} is right in {_percent(found)} of {len(states)}, by chance in {chance}."


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}"
