"""Texts as they are compared: small letters without accents, so that 'wyn' finds 'Ŵyn'. Pure."""

import unicodedata

# Grave and acute accent, quotation marks, modifier letters, prime: as keyboards, Excel and phones write O'Neill.
APOSTROPHES = "`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\uff07"
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def fold(text: str) -> str:
    """Small letters without accents, with every apostrophe the straight one. Folding twice is folding once."""
    apart = text.translate(_STRAIGHT)
    if apart.isascii():
        return apart.lower()
    for _time in range(2):  # a few letters come apart only once they are small
        apart = unicodedata.normalize("NFKD", apart.casefold())
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return kept.translate(_STRAIGHT)  # a few signs turn out to be apostrophes only once they are apart
