"""What people type or paste, without letters nobody sees: they turn text round, hide in it and pass one for another."""

import re
import unicodedata

# Letters by Unicode's reckoning, and blank on every screen.
_BLANKS = frozenset(
    "\N{COMBINING GRAPHEME JOINER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}"
    "\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\N{BRAILLE PATTERN BLANK}"
)
_JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_HIDDEN_KINDS = frozenset({"Cf", "Co", "Cs"})  # format, private use, half of a pair


def without_hidden(text: str) -> str:
    """Without direction marks, zero-width and other invisible letters; blanks, lines and control characters stay."""
    if text.isascii():
        return text
    seen: list[str] = []
    for letter in text:
        if not _is_hidden(letter, seen[-1] if seen else ""):
            seen.append(letter)
    return "".join(seen)


def _is_hidden(letter: str, before: str) -> bool:
    if letter in _JOINERS:
        return not _joins(before)
    return unicodedata.category(letter) in _HIDDEN_KINDS or letter in _BLANKS


def _joins(before: str) -> bool:
    """Whether a joiner after this letter changes how a word or sign is written: Arabic to Burmese, and pictures."""
    return "\u0600" <= before < "\u1100" or unicodedata.category(before or " ") in ("So", "Sk", "Mn")


def typed_line(text: str) -> str:
    """As one line with single spaces, nothing hidden in it and no control characters."""
    return " ".join(_without_controls(without_hidden(text)).split())


def typed_text(text: str) -> str:
    """The same with its lines as they are."""
    lines = without_hidden(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(_without_controls(line) for line in lines)


def _without_controls(text: str) -> str:
    """Tabs and ends of lines become spaces; other control characters go, and what will never be a character."""
    spaced = re.sub(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]", " ", text)
    return re.sub(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", "", spaced)
