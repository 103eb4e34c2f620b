"""What the form of options gives away: each cue by itself, and the gate over all banks."""

from fractions import Fraction
from typing import Any

import pytest

from publishing.content_report.guessing import CUES, FEWEST, by_chance, found_by, keys_told_by_form
from publishing.kinds import Parsed

PLAIN = ("It was raining then", "He went by train then", "They had tea there then", "Her desk stood here then")


def state(right: str, *wrong: str, prompt: str = "Which account would you write?", also: str = "") -> dict[str, Any]:
    keys = {"a": right, **({"b": also} if also else {})}
    choices = {**keys, **{f"w{number}": text for number, text in enumerate(wrong)}}
    texts = {"prompt": prompt, "choices": {name: {"text": text} for name, text in choices.items()}}
    kind = "multiple_response" if also else "single_choice"
    return {
        "kind": kind,
        "module": 1,
        "max_score": "1",
        "beside": False,
        "key": {"correct": list(keys)},
        "texts": {"en": texts},
    }


def cue(name: str) -> Any:
    return next(one for one in CUES if one.name.startswith(name))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("the longest", "It was raining then and for the whole of the week before"),
        ("the shortest", "Rain"),
        ("the option with most commas", "Rain, wind"),
        ("the option that asks", "See what it was"),
        ("the careful option", "It may have been rain"),
        ("the option that repeats", "An account of rain"),
    ],
)
def test_cue_finds_the_key_that_bears_it_and_nothing_where_another_option_does(name: str, right: str) -> None:
    assert found_by(cue(name), [state(right, *PLAIN[1:])]) == 1
    assert found_by(cue(name), [state(PLAIN[0], right, *PLAIN[2:])]) == 0


def test_option_without_absolute_words_is_found_where_all_others_bear_one() -> None:
    others = ("He never came", "They all had tea", "Nobody sat here")

    assert found_by(cue("the option without"), [state("It was raining", *others)]) == 1
    assert found_by(cue("the option without"), [state("It always rains", *PLAIN[1:])]) == 0


def test_options_alike_in_form_are_found_as_often_as_by_dice() -> None:
    one, two = state(*PLAIN), state(*PLAIN, also="It was dry in May then")

    assert found_by(cue("the option with most commas"), [one]) == by_chance([one]) == Fraction(1, 4)
    assert found_by(cue("the option with most commas"), [two]) == by_chance([two]) == Fraction(2, 5)


def test_part_of_a_key_is_part_of_a_find() -> None:
    two = state("Rain, wind", "Sun, wind", "Sleet", also="Snow")

    assert found_by(cue("the option with most commas"), [two]) == Fraction(1, 2)


def banks(*states: dict[str, Any]) -> list[Parsed]:
    return [Parsed("item", str(number), f"m1/items/{number}.yaml", one) for number, one in enumerate(states)]


def test_gate_names_the_cue_that_tells_the_keys_over_all_banks() -> None:
    asking = state("See what it was", *PLAIN[1:])

    assert list(keys_told_by_form(banks(*[asking] * (FEWEST - 1)))) == []
    assert (
        f"single_choice: the option that asks (what, how, who) is right in 100% of {FEWEST}, by chance in 25%."
        in list(keys_told_by_form(banks(*[asking] * FEWEST)))
    )
