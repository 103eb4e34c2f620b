"""Rules and numbers in plain words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.rules import AttemptRules
from enrolments.floors import Floor
from player.words import points_in_words, rules_in_words

OPEN = AttemptRules(pass_share=Fraction(7, 10))
SAVED = "Your answers are saved as you go, and nothing is judged until you hand in."


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (Fraction(0), "0"),
        (Fraction(6), "6"),
        (Fraction(17, 3), "5 2/3"),
        (Fraction(1, 2), "1/2"),
        (Fraction(-1, 2), "-1/2"),
        (Fraction(-7, 2), "-3 1/2"),
        (Fraction(-2), "-2"),
    ],
)
def test_points_are_exact_and_never_rounded(points: Fraction, words: str) -> None:
    assert points_in_words(points) == words


def test_rules_without_limits_say_so() -> None:
    assert rules_in_words(OPEN, by_part=[8]) == [
        "8 questions.",
        "To pass, reach 70 per cent of the points.",
        "You may try as often as you like. Each try draws other questions while there are some left.",
        "You can try again at once.",
        "There is no clock.",
        SAVED,
    ]


def test_rules_with_one_of_everything_are_in_the_singular() -> None:
    rules = AttemptRules(pass_share=Fraction(2, 3), attempts_allowed=1, gap_seconds=3600, time_limit_seconds=60)

    assert rules_in_words(rules, by_part=[1]) == [
        "1 question.",
        "To pass, reach 66 2/3 per cent of the points.",
        "You have 1 attempt.",
        "Between two attempts there is a pause of 1 hour.",
        "You have 1 minute.",
        SAVED,
    ]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            replace(OPEN, attempts_allowed=2, extra_attempts=1),
            "You have 3 attempts, each with other questions while there are some left.",
        ),
        (replace(OPEN, gap_seconds=86_400), "Between two attempts there is a pause of 24 hours."),
        # Never promise a shorter pause than there is.
        (replace(OPEN, gap_seconds=3_601), "Between two attempts there is a pause of 2 hours."),
        (replace(OPEN, time_limit_seconds=1_800, extra_seconds=450), "You have 37 minutes."),
    ],
)
def test_extra_grants_and_odd_lengths_are_counted_in(rules: AttemptRules, expected: str) -> None:
    assert expected in rules_in_words(rules, by_part=[8])


@pytest.mark.parametrize(
    ("floor", "said"),
    [
        (None, []),
        (
            Floor(Fraction(6, 10), 5),
            [
                "The course also asks for 60 per cent on each learning outcome, once you have met 5 questions on it.",
            ],
        ),
    ],
)
def test_floor_is_said_where_there_is_one(floor: Floor | None, said: list[str]) -> None:
    found = rules_in_words(OPEN, by_part=[8], floor=floor)

    assert [one for one in found if "learning outcome" in one] == said
