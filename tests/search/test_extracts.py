"""The part of a text that shows why it was found."""

from search.extracts import LENGTH, extract

TEXT = "First words that say little. " * 12 + "Then a worker asks what hindsight does. " + "More of the same. " * 20


def test_extract_holds_the_word_marked_and_begins_with_its_sentence() -> None:
    found = extract(TEXT, {"hindsight": 2.0})

    assert [piece.text for piece in found.pieces if piece.is_marked] == ["hindsight"]
    assert found.text.startswith("… Then a worker asks")
    assert len(found.text) <= LENGTH + 4
    assert found.value > 2


def test_extract_prefers_the_place_with_most_of_what_was_asked() -> None:
    text = "Hindsight stands here. " + "Nothing of use. " * 30 + "Here hindsight and outcome stand together."

    found = extract(text, {"hindsight": 1.0, "outcome": 1.0})

    assert [piece.text for piece in found.pieces if piece.is_marked] == ["hindsight", "outcome"]


def test_text_without_the_words_is_shown_from_its_beginning_and_worth_nothing() -> None:
    found = extract("A short text.", {"giraffe": 1.0})

    assert (found.text, found.value) == ("A short text.", 0)


def test_markup_in_a_text_is_left_for_the_template_to_escape() -> None:
    assert extract("<b>hindsight</b>", {"hindsight": 1.0}).text == "<b>hindsight</b>"
