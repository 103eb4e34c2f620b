"""Small misspellings. Pure."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 4  # letters; a shorter word is too near to too many others
LONG = 6  # from this length on two slips are forgiven, below it one
LONGER = 8  # and three from this length on, if the word begins rightly: 'hindsite'
BEGINNING = 4  # letters


def slips_forgiven(word: str) -> int:
    """How many slips may lie between a word and the one that was meant; none in a short word or a number."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < LONG else 2 if len(word) < LONGER else 3


def near(word: str, known: Iterable[str]) -> list[tuple[str, int]]:
    """(word, slips) for the known words that may have been meant, nearest first.

    A slip is a letter too many, missing, wrong, or two that changed places (Damerau and Levenshtein). Of words equally
    near, those that begin with the same letter come first.
    """
    begins = word[:BEGINNING]
    return [
        (other, slips)
        for other, slips in within(word, known, slips=slips_forgiven(word))
        if slips < 3 or other.startswith(begins)
    ]


def within(word: str, known: Iterable[str], *, slips: int) -> list[tuple[str, int]]:
    """The same for the known words at most so many slips away."""
    if not slips:
        return []
    found = process.extract(
        word, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None, processor=None
    )
    pairs = [(other, int(distance)) for other, distance, _place in found]
    return sorted(pairs, key=lambda pair: (pair[1], pair[0][:1] != word[:1], pair[0]))
