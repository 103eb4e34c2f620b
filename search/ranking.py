"""Which answers come first. Pure, so that every database gives the same order.

Two steps, after BM25 (Robertson and Zaragoza, 2009). When an entry is indexed, each word gets a weight: how often it
stands there, in a title more than in running text, in a short field more than in a long one. When somebody asks, a
word that few entries have counts more than one that many have, and an entry with every word stands before one with
some of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from .terms import spotted, words_of


@dataclass(frozen=True)
class Field:
    """How much a word counts in one part of an entry. `usual` is the number of words such a part has as a rule."""

    boost: float
    usual: int


TITLE = Field(boost=9, usual=4)
HEADING = Field(boost=3, usual=6)
LEAD = Field(boost=2.5, usual=25)
TEXT = Field(boost=1, usual=350)

LENGTH_SHARE = 0.6  # how much a part's length matters, 0 to 1
HALF_WEIGHT = 2.5  # the weight at which a word counts half of what it can
UNIT = 100  # weights are kept as whole hundredths
LEAST_COVERED = 0.5  # below this share of what was asked, an entry is no answer where others are


def weights(parts: Iterable[tuple[Field, str]]) -> dict[str, int]:
    """The weight of each folded word of an entry, in hundredths, at least 1."""
    found: dict[str, float] = defaultdict(float)
    by_field: dict[Field, list[str]] = defaultdict(list)
    for field, text in parts:
        by_field[field] += words_of(text)
    for field, words in by_field.items():
        length = (1 - LENGTH_SHARE) + LENGTH_SHARE * len(words) / field.usual
        for word in words:
            found[word] += field.boost / length
    return {word: max(1, round(weight * UNIT)) for word, weight in found.items()}


@dataclass(frozen=True)
class Hit:
    """An entry has a word that was asked for: the word's place in the question, and its weight there."""

    entry: int
    place: int
    weight: int


def ranked(hits: Sequence[Hit], *, entries: int, places: int) -> list[int]:
    """Entries from the best answer down; `entries` is how many there are to find, `places` how many words were asked.

    Equal answers stand in the order of their numbers. Weights of one word's forms are added up.
    """
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for hit in hits:
        found[hit.entry][hit.place] += hit.weight
    rarity = rarities(found.values(), entries=entries, places=places)
    covered = {entry: _covered(held, rarity) for entry, held in found.items()}
    least = LEAST_COVERED * max(covered.values(), default=0)
    scores = {
        entry: _score(held, rarity) * covered[entry] ** 2 for entry, held in found.items() if covered[entry] >= least
    }
    return sorted(scores, key=lambda entry: (-round(scores[entry], 6), entry))


def named_first(order: Sequence[int], question: str, titles: Mapping[int, str]) -> list[int]:
    """What is called exactly what was asked, small words and all, stands first, however often longer texts say it."""
    wanted = [one.word for one in spotted(question)]
    named = {entry for entry, title in titles.items() if [one.word for one in spotted(title)] == wanted}
    return sorted(order, key=lambda entry: entry not in named)


def rarities(found: Iterable[Mapping[int, int]], *, entries: int, places: int) -> list[float]:
    """How much each word of the question tells, by its place: more, the fewer entries have it."""
    counts = [0] * places
    for held in found:
        for place in held:
            counts[place] += 1
    return [log(1 + (entries - count + 0.5) / (count + 0.5)) for count in counts]


def _covered(held: Mapping[int, int], rarity: Sequence[float]) -> float:
    """The share of what was asked that an entry has, 0 to 1."""
    return sum(rarity[place] for place in sorted(held)) / sum(rarity)


def _score(held: Mapping[int, int], rarity: Sequence[float]) -> float:
    return sum(rarity[place] * weight / (weight + HALF_WEIGHT * UNIT) for place, weight in sorted(held.items()))
