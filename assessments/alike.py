"""Which responses say the same, once letter case, spaces and punctuation are left aside. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Alike = tuple[str, tuple[str, ...]]

# Signs that belong to a number, so that 3.5 is not 35 and -2 is not 2.
_OF_NUMBERS = re.compile(r"(?<=\d)[.,:/-](?=\d)|(?<!\w)-(?=\d)")
_PRIVATE = 0xE000  # where those signs are put while all other punctuation goes
_STAYS = frozenset("'%")


class _Aside(dict[int, int | str]):
    """By code point: a space for punctuation, itself for anything else."""

    def __missing__(self, point: int) -> int | str:
        letter = chr(point)
        goes = unicodedata.category(letter)[0] in "PZ" and letter not in _STAYS
        self[point] = " " if goes else point
        return self[point]


_aside = _Aside()


def alike(value: Mapping[str, Any] | None) -> Alike:
    """What two responses to one item share if one look is enough for both: their words, and what they cite."""
    given = value or {}
    return said(given.get("text", "")), tuple(given.get("chosen", []))


def said(text: str) -> str:
    """The words and numbers alone, in small letters with single spaces between them."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    numbers = _OF_NUMBERS.sub(lambda sign: chr(_PRIVATE + ord(sign[0])), folded)
    return " ".join(numbers.translate(_aside).split())
