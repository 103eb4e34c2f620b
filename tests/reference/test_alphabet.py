"""Words in the order of their language."""

import pytest

from reference.alphabet import initial, letters_of, sort_key


@pytest.mark.parametrize(
    ("language", "words", "ordered"),
    [
        ("en", ["window", "agency", "Case", "Ébauche"], ["agency", "Case", "Ébauche", "window"]),
        ("en", ["chronology", "coding", "llan", "lzz"], ["chronology", "coding", "llan", "lzz"]),
        ("cy", ["chwarae", "cyfrif", "dydd", "ddoe", "dynes"], ["cyfrif", "chwarae", "dydd", "dynes", "ddoe"]),
        ("cy", ["llais", "lwc", "ngwaith", "hanes", "gwaith"], ["gwaith", "ngwaith", "hanes", "lwc", "llais"]),
        ("cy", ["ŵyn", "wal", "ysgol", "ŷd"], ["wal", "ŵyn", "ŷd", "ysgol"]),
        ("cy", ["rhan", "rwber", "system", "thema", "tŷ"], ["rwber", "rhan", "system", "tŷ", "thema"]),
    ],
)
def test_words_stand_in_their_languages_order(language, words, ordered):
    assert sorted(words, key=lambda word: sort_key(word, language)) == ordered


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("local rationality", "en", "L"),
        ("llais", "cy", "Ll"),
        ("llais", "en", "L"),
        ("Ŵyn", "cy", "W"),
        ("“Window”", "en", "W"),
        ("360 degrees", "en", "D"),
        ("…", "en", "#"),
    ],
)
def test_a_word_stands_under_its_first_letter(word, language, letter):
    assert initial(word, language) == letter


def test_letters_of_two_signs_are_whole_in_welsh_only():
    assert (letters_of("Ffedd", "cy"), letters_of("Ffedd", "en")) == (["ff", "e", "dd"], ["f", "f", "e", "d", "d"])
