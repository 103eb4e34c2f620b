"""Which answers come first."""

import pytest

from search.ranking import LEAD, TEXT, TITLE, Hit, ranked, weights


def test_word_in_a_title_weighs_more_than_in_a_lead_and_more_than_in_a_text() -> None:
    found = [weights([(field, "hindsight")])["hindsight"] for field in (TITLE, LEAD, TEXT)]

    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 3


def test_word_weighs_less_in_a_long_text_than_in_a_short_one_and_never_nothing() -> None:
    short = weights([(TEXT, "hindsight " + "other " * 10)])["hindsight"]
    long = weights([(TEXT, "hindsight " + "other " * 5_000)])["hindsight"]

    assert short > long >= 1


@pytest.mark.parametrize(
    ("hits", "order"),
    [
        ([Hit(1, 0, 100), Hit(2, 0, 300)], [2, 1]),
        ([Hit(1, 0, 900), Hit(2, 0, 100), Hit(2, 1, 100)], [2]),
        ([Hit(2, 0, 100), Hit(1, 0, 100)], [1, 2]),
        ([Hit(1, 0, 50), Hit(1, 0, 60), Hit(2, 0, 100)], [1, 2]),
        ([], []),
    ],
    ids=["heavier first", "every word, and not one of two", "equal by number", "forms added up", "nothing"],
)
def test_best_answer_comes_first(hits: list[Hit], order: list[int]) -> None:
    assert ranked(hits, entries=20, places=2) == order


def test_order_of_the_rows_does_not_matter() -> None:
    hits = [
        Hit(entry, place, 37 * entry % 11 + 1) for entry in range(1, 30) for place in range(3) if entry % (place + 1)
    ]

    assert ranked(hits, entries=50, places=3) == ranked(hits[::-1], entries=50, places=3)
