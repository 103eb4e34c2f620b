"""Reading age, as advice: the Flesch-Kincaid grade plus five years. English only. Pure.

Source: Kincaid and others 1975, Derivation of New Readability Formulas. Syllables are counted by groups of vowels,
which is off by a few in a hundred words: enough for advice in whole years, and why it is nothing more than advice.
"""

import re

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight

HIGHEST = 16  # about what a broadsheet asks for
LEAST_WORDS = 100  # shorter texts say nothing about reading
SCHOOL_BEGINS = 5


def check(draft: Draft) -> list[Finding]:
    """The text asks for more than HIGHEST."""
    age = reading_age("\n".join(piece.words for piece in draft.pieces if piece.kind != "section"))
    if draft.language != "en" or age is None or age <= HIGHEST:
        return []
    sentence = _(
        "This reads as for somebody of about %(age)d. Shorter sentences and plainer words let more people take it in."
    )
    return [Finding("reading_age", Weight.ADVICE, sentence % {"age": age}, field="body", anchor="id_body")]


def reading_age(text: str) -> int | None:
    """In whole years; None for a text too short to tell."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    sentences = [one for one in re.split(r"[.!?:;]+(?:\s|$)|\n+", text) if one.strip()]
    if len(words) < LEAST_WORDS:
        return None
    syllables = sum(syllables_in(word) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + SCHOOL_BEGINS)


def syllables_in(word: str) -> int:
    """By groups of vowels; a silent e at the end is none."""
    plain = word.casefold()
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
