"""What a word that somebody typed is taken to mean, among the words of what they may open and no others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from .models import EntryQuerySet, Posting, Word
from .spelling import near, within
from .terms import LANGUAGES, stem

SHORTEST_BEGINNING = 3  # letters that are enough to mean any word that begins with them
FAR = 3  # slips up to which a word is offered, though not taken, where there is no answer
MOST_OFFERED = 3


@dataclass(frozen=True)
class Meant:
    """A word that was typed, and the rows of `Word` it means. `instead` is the word it was mended to, if it was."""

    typed: str
    words: dict[int, str] = field(default_factory=dict)  # by key
    instead: str = ""

    @property
    def sought(self) -> str:
        return self.instead or self.typed


def meanings(typed: list[str], entries: EntryQuerySet) -> dict[str, Meant]:
    """What each word means: itself in any form, else what it begins, else what it was misspelt for; in order.

    A word that means nothing in these entries is left out.
    """
    found = _forms(typed, entries)
    found |= _beginnings([word for word in typed if word not in found], entries)
    found |= _mended([word for word in typed if word not in found], entries)
    return {word: found[word] for word in typed if word in found}


def offers(typed: Iterable[str], entries: EntryQuerySet) -> list[str]:
    """Words of these entries that are further from what was typed than a small misspelling, nearest first."""
    known = _vocabulary()
    close = sorted({pair for word in typed if len(word) > FAR for pair in within(word, known, slips=FAR)}, key=_nearest)
    usable = _counts([word for word, _slips in close], entries)
    return [word for word, _slips in close if word in usable][:MOST_OFFERED]


def _forms(typed: list[str], entries: EntryQuerySet) -> dict[str, Meant]:
    """Words that share a stem with what was typed, each by the rule of its own language; and two written as one."""
    asked = Q(word__in=_pairs(typed))
    for language in LANGUAGES:
        asked |= Q(language=language, stem__in={stem(word, language) for word in typed})
    rows = list(_in(entries).filter(asked)) if typed else []
    return _gathered(typed, {word: [row for row in rows if _is_form(row, word, typed)] for word in typed})


def _is_form(row: Word, word: str, typed: list[str]) -> bool:
    return row.stem == stem(word, row.language) or word in _pairs(typed).get(row.word, ())


def _pairs(typed: list[str]) -> dict[str, tuple[str, str]]:
    """Neighbours written as one word: somebody who types 'group think' means 'groupthink'."""
    return {first + second: (first, second) for first, second in pairwise(typed)}


def _beginnings(typed: list[str], entries: EntryQuerySet) -> dict[str, Meant]:
    long_enough = [word for word in typed if len(word) >= SHORTEST_BEGINNING and not word.isdigit()]
    asked = Q(pk=None)
    for word in long_enough:
        asked |= Q(word__startswith=word)
    rows = list(_in(entries).filter(asked)) if long_enough else []
    return _gathered(long_enough, {word: [row for row in rows if row.word.startswith(word)] for word in long_enough})


def _mended(typed: list[str], entries: EntryQuerySet) -> dict[str, Meant]:
    """The nearest word of these entries to each, if the misspelling is small; of equally near ones the commonest."""
    known = _vocabulary() if typed else []
    close = {word: near(word, known) for word in typed}
    counts = _counts([other for pairs in close.values() for other, _slips in pairs], entries)
    found = {}
    for word, pairs in close.items():
        usable = [pair for pair in pairs if pair[0] in counts]
        if usable:
            best, _slips = min(usable, key=lambda pair: (pair[1], pair[0][0] != word[0], -counts[pair[0]], pair[0]))
            found[word] = Meant(word, _forms([best], entries)[best].words, instead=best)
    return found


def _nearest(pair: tuple[str, int]) -> tuple[int, str]:
    return (pair[1], pair[0])


def _gathered(typed: list[str], rows: dict[str, list[Word]]) -> dict[str, Meant]:
    return {word: Meant(word, {row.pk: row.word for row in rows[word]}) for word in typed if rows[word]}


def _in(entries: EntryQuerySet) -> QuerySet[Word]:
    """The words that stand in one of these entries."""
    return Word.objects.filter(Exists(Posting.objects.filter(word=OuterRef("pk"), entry__in=entries)))


def _vocabulary() -> list[str]:
    """Every word of every entry, for measuring only: none is used or shown that is not in the entries asked about."""
    return list(Word.objects.order_by().values_list("word", flat=True).distinct())


def _counts(words: list[str], entries: EntryQuerySet) -> dict[str, int]:
    """In how many of these entries each word stands; words that stand in none are left out."""
    rows = Posting.objects.filter(word__word__in=words, entry__in=entries).values("word__word")
    return dict(rows.annotate(count=Count("entry")).values_list("word__word", "count")) if words else {}
