"""Small misspellings are understood, and words that are merely alike are not."""

import pytest

from search.spelling import near, slips_forgiven

KNOWN = ["hindsight", "chronology", "finding", "board", "boards", "safeguarding", "model", "2023"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hindsite", "hindsight"),
        ("chronolgy", "chronology"),
        ("safegaurding", "safeguarding"),
        ("fidning", "finding"),
        ("modle", "model"),
        ("baord", "board"),
    ],
)
def test_slip_leads_to_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert near(typed, KNOWN)[0][0] == meant


@pytest.mark.parametrize("typed", ["cat", "bod", "2024", "giraffe", "zzzzzzzz", ""])
def test_short_strange_and_numbered_words_lead_nowhere(typed: str) -> None:
    assert near(typed, KNOWN) == []


@pytest.mark.parametrize(("word", "slips"), [("abc", 0), ("abcd", 1), ("abcdef", 2), ("abcdefgh", 3), ("abcd2023", 0)])
def test_longer_words_are_forgiven_more(word: str, slips: int) -> None:
    assert slips_forgiven(word) == slips
