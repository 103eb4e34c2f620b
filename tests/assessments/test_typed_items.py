"""Items typed as text: what is read, and what is wrong by its line."""

from time import process_time

import pytest

from assessments.typed_items import read_typed

TEXT = """LO1.1

Why is the first story so easy to believe?
* It starts from the ending
> Knowing how it ended makes the signs look clear.
> Nobody had them in that order.
Its authors mean harm
> This looks for somebody to blame.

lo1.2
kind: several
Which of these stand around a worker?
* The plan
> It was there before them.
- The weather
> It could not be otherwise.
* The shift
> It was there too.
"""


def test_paragraphs_become_items_with_key_explanations_outcome_and_kind() -> None:
    first, second = read_typed(TEXT)

    assert (first.line, first.outcome, first.item.kind, first.faults) == (3, "LO1.1", "single_choice", [])
    assert first.item.prompts == {"en": "Why is the first story so easy to believe?"}
    assert [(one.identifier, one.texts["en"], one.is_key) for one in first.item.options] == [
        ("a", "It starts from the ending", True),
        ("b", "Its authors mean harm", False),
    ]
    said = first.item.options[0].explanations["en"]
    assert said == "Knowing how it ended makes the signs look clear. Nobody had them in that order."
    assert (second.outcome, second.item.kind) == ("LO1.2", "multiple_response")
    assert [one.texts["en"] for one in second.item.options] == ["The plan", "The weather", "The shift"]
    assert second.item.key == {"correct": ["a", "c"]}


def test_outcome_in_a_paragraph_of_its_own_holds_on_and_one_in_a_question_for_that_alone() -> None:
    text = "LO1.2\n\nA?\n* x\n> e\ny\n> f\n\nLO1.3\nB?\n* x\n> e\ny\n> f\n\nC?\n* x\n> e\ny\n> f"

    found = [one.outcome for one in read_typed(text, outcome="LO1.1")]

    assert found == ["LO1.2", "LO1.3", "LO1.2"]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("Q?\n* x\n> e\ny\n> f", 1, "Say which learning outcome it tests, such as LO1.1, above it."),
        ("LO1.1\nQ?\n> e\n* x\n> e\ny\n> f", 3, "This explanation stands under no option."),
        ("LO1.1\nQ?\nx\n> e\ny\n> f", 2, "Say which option is right."),
        ("LO1.1\nQ?\n* x\n> e\n\n\nLO1.1\nR?\n* x\n> e\ny\n> f", 3, "Write at least two options."),
        ("LO1.1\nQ?\n* x\n> e\ny", 5, "Option 2 has no explanation. Say what thinking it rests on."),
        ("LO1.1\nQ?\n* x\n> e\nX\n> f", 5, "Options 1 and 2 are the same."),
        (
            "LO1.1\nkind: essay\nQ?\n* x\n> e\ny\n> f",
            2,
            "“essay” is no kind that can be typed here. Write “single” or “several”.",
        ),
    ],
)
def test_what_is_wrong_is_said_by_its_line(text: str, line: int, sentence: str) -> None:
    found = [(one.line, one.sentence) for read in read_typed(text) for one in read.faults]

    assert found == [(line, sentence)]


@pytest.mark.parametrize(
    ("line", "words", "is_key"),
    [
        ("right", "right", False),
        ("* right", "right", True),
        ("*right", "right", True),
        ("- right", "right", False),
        ("-right", "right", False),
        ("- * right", "right", True),
        ("-* right", "right", True),
        ("- *right", "right", True),
        ("* - right", "right", True),
        ("*-right", "right", True),
        ("-5", "-5", False),
        ("- 5", "5", False),
        ("* -5", "-5", True),
        ("-.5 of a day", "-.5 of a day", False),
        ("- -5", "-5", False),
        ("-£5", "-£5", False),
        ("-- right", "-- right", False),
        ("**Strong** words", "**Strong** words", False),
        ("- **Strong** words", "**Strong** words", False),
        ("* **Strong** words", "**Strong** words", True),
        ("**", "**", False),
    ],
)
def test_a_dash_before_an_option_does_no_harm_and_a_minus_before_a_number_stays(
    line: str, words: str, is_key: bool
) -> None:
    [read] = read_typed(f"LO1.1\nQ?\n{line}\n> e\nother\n> f")

    option = read.item.options[0]
    assert (option.texts["en"], option.is_key) == (words, is_key)


@pytest.mark.parametrize(("line", "asks"), [("| Which?", "Which?"), ("|Which?", "Which?"), ("|| Which?", "| Which?")])
def test_one_bar_before_the_first_line_of_a_question_is_no_part_of_it(line: str, asks: str) -> None:
    [read] = read_typed(f"LO1.1\n{line}\n| Or else?\n* x\n> e\ny\n> f")

    assert read.item.prompts == {"en": f"{asks}\nOr else?"}
    assert read.faults == []


def test_blanks_within_a_line_take_no_time_to_read() -> None:
    text = "kind:" + " " * 100_000 + "several" + " " * 100_000 + "x\nWhich?"
    started = process_time()

    [read] = read_typed(text)

    assert process_time() - started < 2
    assert read.faults[0].line == 1


def test_nothing_typed_is_no_item() -> None:
    assert read_typed(" \n\n\t\n") == []
