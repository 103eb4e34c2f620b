"""Words as they are looked for: folded, split and stemmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.terms import SMALL, asked, fold, joined, spotted, stem, words_of


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ŵyn-Ŷstwyth", "wyn-ystwyth"),
        ("Tŷ", "ty"),
        ("w\u0302yr", "wyr"),
        ("ẄYR", "wyr"),
        ("STRASSE ß", "strasse ss"),
        ("ﬁnding", "finding"),
        ("Review", "review"),
        *((f"Siân O{sign}Neill", "sian o'neill") for sign in "'’‘ʼ`´′＇"),
        *((f"O{sign}Neill", "o'neill") for sign in "'’‘ʼ`´′＇"),
    ],
)
def test_letters_are_small_and_without_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("multi-agency review", ["multi", "agency", "review", "multiagency"]),
        ("It is the review", ["review"]),
        ("penderfyniadau’n gwneud synnwyr", ["penderfyniadau", "gwneud", "synnwyr"]),
        ("2023: 15 days", ["2023", "15", "days"]),
        ("a b c", []),
        ("", []),
    ],
)
def test_text_is_found_by_its_words_without_the_small_ones(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other"), [("reviewers", "reviewing"), ("findings", "finding"), ("chronologies", "chronology")]
)
def test_forms_of_an_english_word_share_a_stem_and_of_a_welsh_one_do_not(one: str, other: str) -> None:
    assert stem(one, "en") == stem(other, "en")
    assert stem(one, "cy") != stem(other, "cy")


def test_places_of_words_are_those_of_the_text_as_written() -> None:
    text = "Tŷ Gwyn, e-mail"

    assert [text[one.start : one.end] for one in spotted(text)] == ["Tŷ", "Gwyn", "mail"]
    assert [(text[one.start : one.end], one.word) for one in joined(text)] == [("e-mail", "email")]


def test_question_is_cut_to_so_many_words_each_once() -> None:
    assert asked("What is hindsight, hindsight bias and outcome bias?", most=2) == ["hindsight", "bias"]


def test_small_words_are_folded_themselves() -> None:
    assert {word for word in SMALL if fold(word) != word} == set()
