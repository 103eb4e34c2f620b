"""Texts as they are compared: small letters without accents, so that 'wyn' finds 'Ŵyn'. Pure."""

import unicodedata


def fold(text: str) -> str:
    """Small letters without accents. Folding twice is folding once."""
    if text.isascii():
        return text.lower()
    apart = text
    for _time in range(2):  # a few letters come apart only once they are small
        apart = unicodedata.normalize("NFKD", apart.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
