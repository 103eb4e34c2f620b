"""Wording or substance: what two versions of a page differ in (decision 42)."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .base import Class, Found, Passage, Reason, Version
from .signs import ORDINARY_WORDS, SIGNS, are_opposed, has_capital, is_name, seen
from .tokens import Token, tokens_of

_BEFORE_A_STOP = re.compile(r" (?=[,.;:?!)’”])")
FEWEST_OF_SUBSTANCE = 10  # words; from here on a change is substance whatever they are


@dataclass(frozen=True)
class Span:
    """Tokens that were replaced by others; or, with `crossed`, words that moved and what they were carried across."""

    before: list[Token]
    after: list[Token]
    crossed: tuple[Token, ...] = ()

    @property
    def words(self) -> int:
        return 0 if self.crossed else max(len(self.before), len(self.after))


def classify(live: Version, draft: Version, *, words_before: int = 0) -> Found:
    """What the draft changes. `words_before`: words of earlier changes that nobody else has looked at yet."""
    if live == draft:
        return Found(Class.NONE)
    reasons = [*_fixed(live.fixed, draft.fixed), *_order(live, draft)]
    ordinary = _ordinary(live, draft)
    words = 0
    for before, after in _pairs(live, draft):
        reasons += _fixed(before.fixed, after.fixed)
        for span in _spans(before, after):
            words += span.words
            reasons += _reasons(span, draft.language, ordinary)
    if words + words_before >= FEWEST_OF_SUBSTANCE:
        reasons.append(Reason("many", before=str(words_before), after=str(words + words_before)))
    kind = Class.SUBSTANCE if reasons else Class.WORDING
    return Found(kind, tuple(dict.fromkeys(reasons)), words)


def _fixed(before: tuple[tuple[str, str], ...], after: tuple[tuple[str, str], ...]) -> list[Reason]:
    ones, others = dict(before), dict(after)
    return [Reason(code) for code in dict.fromkeys([*ones, *others]) if ones.get(code) != others.get(code)]


def _order(live: Version, draft: Version) -> Iterator[Reason]:
    """Blocks that came, went or moved, and headings and key points among them by their name."""
    ones = {one.identifier: one for one in live.passages}
    others = {one.identifier: one for one in draft.passages}
    for one in draft.passages:
        if one.identifier not in ones:
            yield Reason("block_added", after=_start(one))
    for one in live.passages:
        if one.identifier not in others:
            yield Reason("block_gone", before=_start(one))
    stay, stayed = ([name for name in here if name in there] for here, there in ((ones, others), (others, ones)))
    if stay != stayed:
        yield Reason("blocks_moved")


def _start(passage: Passage) -> str:
    """The first words of a block, so that it is known."""
    words = [token.raw for text in passage.texts for token in tokens_of(text) if not token.is_break]
    words = words or [word for code, value in passage.fixed if code != "key" for word in value.split()]
    return " ".join(words[:6])


def _pairs(live: Version, draft: Version) -> Iterator[tuple[Passage, Passage]]:
    others = {one.identifier: one for one in draft.passages}
    for one in live.passages:
        other = others.get(one.identifier)
        if other is not None and other != one:
            yield one, other


def _spans(before: Passage, after: Passage) -> Iterator[Span]:
    """What was replaced by what in each text of a block."""
    if before.kind != after.kind:
        yield Span([Token("<kind>")], [Token("<kind>")])
    for one, other in zip_longest(before.texts, after.texts, fillvalue=""):
        yield from _replaced(tokens_of(one), tokens_of(other))


def _replaced(ones: list[Token], others: list[Token]) -> Iterator[Span]:
    """Word by word where as many came as went; and what a word that moved has been carried across, with the word."""
    matcher = SequenceMatcher(None, [t.key for t in ones], [t.key for t in others], autojunk=False)
    kept: list[tuple[int, int]] = []
    gone: list[int] = []
    come: list[int] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            kept += zip(range(a, b), range(c, d), strict=True)
            continue
        gone += range(a, b)
        come += range(c, d)
        if what == "replace" and b - a == d - c:
            yield from (Span([x], [y]) for x, y in zip(ones[a:b], others[c:d], strict=True))
        else:
            yield Span(ones[a:b], others[c:d])
    moved = [(i, j) for i in gone for j in come if ones[i].key == others[j].key and len(ones[i].raw) > 1]
    crossed = {p for i, j in moved for p, q in kept if (i < p) != (j < q)}
    if crossed:
        words = [ones[i] for i, _j in moved]
        yield Span(words, words, tuple(ones[p] for p in sorted(crossed)))


def _reasons(span: Span, language: str, ordinary: Set[str]) -> Iterator[Reason]:
    words = _words(span.before), _words(span.after)
    tokens = [token for token in (*span.before, *span.after) if not token.is_break]
    if span.crossed:
        if any(has_sign(token, language) for token in span.crossed for has_sign in SIGNS.values()):
            yield Reason("moved", after=words[1])
        return
    if len(tokens) < len(span.before) + len(span.after):
        yield Reason("layout")
    if any(token.link for token in tokens):
        yield Reason("link", *(_words(t for t in side if t.link) for side in (span.before, span.after)))
    elif are_opposed(span.before, span.after):
        yield Reason("negation", *words)
    elif code := next((one for one in SIGNS if any(SIGNS[one](token, language) for token in tokens)), ""):
        yield Reason(code, *(_words(t for t in side if SIGNS[code](t, language)) for side in (span.before, span.after)))
    elif _changes_name(span, ordinary):
        yield Reason("name", *words)


def _words(tokens: Iterable[Token]) -> str:
    return _BEFORE_A_STOP.sub("", " ".join(token.raw for token in tokens if not token.is_break))


def _changes_name(span: Span, ordinary: Set[str]) -> bool:
    """Of one word at a sentence's start put right, what came decides: "Teh" is no name where "The" came of it."""
    before, after = ([token for token in tokens if not token.is_break] for tokens in (span.before, span.after))
    if len(before) == len(after) == 1 and before[0].starts and after[0].starts and has_capital(after[0]):
        return is_name(after[0], ordinary)
    return any(is_name(token, ordinary) for token in (*before, *after))


def _ordinary(*versions: Version) -> Set[str]:
    """Words that stand somewhere without a capital letter, so that one at the start of a sentence names nobody."""
    texts = [text for version in versions for passage in version.passages for text in passage.texts]
    return ORDINARY_WORDS | {seen(t.raw) for text in texts for t in tokens_of(text) if not has_capital(t)}
