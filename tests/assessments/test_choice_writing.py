"""What keeps an item of choices from being saved, and what deserves a second look."""

from itertools import islice

import pytest

from assessments.choice_writing import ChoiceItem, Option, advice, faults, next_identifiers

LONG = "This looks back from an ending that nobody in the room had at that time"
OTHER = "This asks what the people who were there could see, want and do on that day"


def item(*options: tuple[str, str, bool], kind: str = "single_choice", prompt: str = "Why?") -> ChoiceItem:
    made = [
        Option(name, {"en": text}, {"en": why}, is_key)
        for name, (text, why, is_key) in zip("abcdef", options, strict=False)
    ]
    return ChoiceItem(kind, {"en": prompt}, made)


def said(found) -> list[str]:
    return [one.sentence for one in found]


GOOD = item(("The first one", LONG, True), ("The other one", OTHER, False))


def test_a_good_item_has_no_fault_and_needs_no_second_look() -> None:
    found = faults(GOOD), advice(GOOD)

    assert found == ([], [])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (item(("A", LONG, True), ("B", OTHER, False), prompt=""), "Write the question."),
        (item(("A", LONG, True)), "Write at least two options."),
        (item(("A", LONG, False), ("B", OTHER, False)), "Say which option is right."),
        (
            item(("A", LONG, True), ("B", OTHER, True)),
            "A single choice has one right option. Take the others away, or choose several.",
        ),
        (item(("A", LONG, True), ("a.", OTHER, False)), "Options 1 and 2 are the same."),
        (item(("", LONG, True), ("B", OTHER, False)), "Option 1 has no words."),
        (
            item(("A", LONG, True), ("B", "", False)),
            "Option 2 has no explanation. Say what thinking it rests on.",
        ),
    ],
)
def test_what_is_wrong_is_said(wrong: ChoiceItem, sentence: str) -> None:
    found = said(faults(wrong))

    assert found == [sentence]


def test_several_right_options_are_good_in_a_multiple_response() -> None:
    both = item(("The first", LONG, True), ("The other", OTHER, True), kind="multiple_response")

    assert faults(both) == []


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        (
            item(("The longest of them all", LONG, True), ("Short", OTHER, False)),
            "What is right is the longest: a guess would find it by its length.",
        ),
        (
            item(("Sometimes", LONG, True), ("They never knew", OTHER, False)),
            "Only wrong options say such words as “never”: a guess would leave them out.",
        ),
        (
            item(("One", "Too short.", True), ("Two", OTHER, False)),
            "The explanation of option 1 has 2 words. Does it name the thinking?",
        ),
        (item(("One", LONG, True), ("Two", f"{LONG}.", False)), "Options 1 and 2 have the same explanation."),
    ],
)
def test_what_deserves_a_second_look_is_said(odd: ChoiceItem, sentence: str) -> None:
    found = said(advice(odd))

    assert found == [sentence]


def test_an_absolute_word_in_the_right_option_too_gives_nothing_away() -> None:
    fair = item(("It is never so", LONG, True), ("They always are", OTHER, False))

    assert advice(fair) == []


def test_new_identifiers_pass_over_those_that_ever_meant_something() -> None:
    names = next_identifiers({"a", "c", "fp1"})

    assert list(islice(names, 3)) == ["b", "d", "e"]
    assert next(islice(next_identifiers(set("abcdefghijklmnopqrstuvwxyz")), 0, 1)) == "a2"
