"""Words in the order their language has them. Pure.

In Welsh, CH, DD, FF, NG, LL, PH, RH and TH are letters of their own, and a circumflex does not move a word. Where n
and g only happen to meet, as in “Bangor”, this counts them as the letter NG; no rule can tell without a dictionary.
"""

import unicodedata

ALPHABETS = {
    "en": tuple("abcdefghijklmnopqrstuvwxyz"),
    "cy": (
        *"abc",
        "ch",
        "d",
        "dd",
        *"ef",
        "ff",
        "g",
        "ng",
        *"hijkl",
        "ll",
        *"mnop",
        "ph",
        *"qr",
        "rh",
        *"st",
        "th",
        *"uvwxyz",
    ),
}
SortKey = tuple[list[int], str]


def sort_key(word: str, language: str) -> SortKey:
    """For `sorted`: by the letters of the language's alphabet, then by the word as it stands."""
    alphabet = ALPHABETS.get(language, ALPHABETS["en"])
    return [alphabet.index(letter) for letter in letters_of(word, language)], word


def initial(word: str, language: str) -> str:
    """The letter a word stands under, such as “A” or “Ll”; “#” for a word that starts with none."""
    first = next(iter(letters_of(word, language)), "")
    return first.capitalize() or "#"


def letters_of(word: str, language: str) -> list[str]:
    """The letters of a word in small type, two-sign letters whole, without accents; all else is left out."""
    alphabet = ALPHABETS.get(language, ALPHABETS["en"])
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(sign))
    letters, place = [], 0
    while place < len(plain):
        pair, single = plain[place : place + 2], plain[place]
        letter = pair if len(pair) == 2 and pair in alphabet else single
        if letter in alphabet:
            letters.append(letter)
        place += len(letter)
    return letters
