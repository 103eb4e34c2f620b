"""Words as they are looked for: split, folded and stemmed. Pure.

A word is *folded* to small letters without accents, so that 'wyr' finds 'Ŵyr', and then *stemmed* in its language, so
that 'reviewing' finds 'reviewers'. Welsh is folded only: we know no stemmer for it that is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from toolkit.folding import fold

LANGUAGES = ("en", "cy")
LONGEST_WORD = 40  # letters kept of a word; what is longer is no word anybody looks for

# A letter or figure, and what follows up to the next space or mark; a letter may be written in two parts (w and ^).
_RUN = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_WORD = re.compile(_RUN)
_JOINED = re.compile(rf"{_RUN}(?:[-‐‑]{_RUN})+")

# Words in nearly every text, which say nothing of what it is about; those of questions are among them. A word of one
# language that is small in another is left out too: people ask in either language wherever they are.
_ENGLISH = """
    a about after all also am an and any are as at be been being but by can could did do does doing done for from get
    had has have having he her hers him his how i if in into is it its itself just like me more most my no not of on or
    our ours out over own she so some such than that the their theirs them then there these they this those to too us
    very was we were what when where which while who whom whose why will with would you your yours don doesn didn isn
    aren wasn weren won wouldn couldn shouldn hasn haven hadn ll re ve should please
"""
_WELSH = """
    a ac ag ar beth bod bu byddai bydd cyn da ddim dim dros dw dyma dyna ei eich ein er eu fe fel fi fod fydd gan gyda
    hi hon honno hwn hwnnw hwy hyd hyn hynny iawn maen mae mai mewn mi mo na nad nag nawr neu ni nid o oedd oes ond os
    pa pam pan pwy pryd roedd rydw rydych rwy sef sut sy sydd ti trwy tua un wedi wrth y ych ydy ydyn ydw yma yn yna
    yno yr yw
"""
SMALL = frozenset(_ENGLISH.split()) | frozenset(_WELSH.split())


@dataclass(frozen=True)
class Spotted:
    """A word in a text: where it begins and ends there, and the word folded."""

    start: int
    end: int
    word: str


def spotted(text: str) -> Iterator[Spotted]:
    """Every word of a text in order. 'multi-agency' is two words; what an apostrophe cuts off is one of its own."""
    for found in _WORD.finditer(text):
        word = fold(found[0])[:LONGEST_WORD]
        if len(word) > 1 or word.isdigit():
            yield Spotted(found.start(), found.end(), word)


def joined(text: str) -> Iterator[Spotted]:
    """Every word written with hyphens, without them: 'e-mail' is found by 'email' too."""
    for found in _JOINED.finditer(text):
        yield Spotted(found.start(), found.end(), re.sub(r"[-‐‑]", "", fold(found[0]))[:LONGEST_WORD])


def words_of(text: str) -> list[str]:
    """The folded words a text is found by, in order and as often as they stand there."""
    return [one.word for one in (*spotted(text), *joined(text)) if one.word not in SMALL]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What the forms of a folded word share: 'review' for 'reviewers'."""
    if language != "en":
        return word
    # A stemmer keeps the word it works on in itself, so each thread needs its own.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def asked(query: str, *, most: int) -> list[str]:
    """The words a person looks for: folded, each once, in order, at most so many."""
    return list(dict.fromkeys(one.word for one in spotted(query) if one.word not in SMALL))[:most]
