"""Asking the index. All that is answered, counted or suggested comes from what the person may open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Union

from .meaning import Meant, meanings, offers
from .models import Entry, EntryQuerySet, Posting
from .ranking import Hit, named_first, ranked, rarities
from .terms import asked

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

MOST_WORDS = 16  # of a question; the rest is not looked for
OTHER_FORM = 60  # what another form of a word counts, in hundredths of the very word
PER_PAGE = 10


@dataclass(frozen=True)
class Found:
    """The answers to a question, best first, before any is read from the database."""

    meant: list[Meant] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)  # of the kind that was asked for
    counts: Mapping[str, int] = field(default_factory=dict)  # by kind, whatever kind was asked for
    telling: Mapping[str, float] = field(default_factory=dict)  # how much each word found tells

    @property
    def count(self) -> int:
        """How many there are of every kind."""
        return sum(self.counts.values())

    @property
    def is_mended(self) -> bool:
        return any(one.instead for one in self.meant)


def find(
    person: Union["User", "AnonymousUser"], question: str, *, on: date, language: str = "en", kind: str = ""
) -> Found:
    """What a person may open that answers a question, each thing once: in `language` if it is found in that."""
    entries = Entry.objects.openable_by(person, on=on)
    words = asked(question, most=MOST_WORDS)
    known = meanings(words, entries)
    meant, unknown = list(known.values()), [word for word in words if word not in known]
    if not meant:
        return Found(unknown=unknown)
    hits, names, titles = _hits(meant, entries)
    order = ranked(hits, entries=entries.count(), places=len(meant))
    order = _once(named_first(order, question, titles), names, language)
    return Found(
        meant=meant,
        unknown=unknown,
        entries=[entry for entry in order if not kind or names[entry][0] == kind],
        counts=Counter(names[entry][0] for entry in order),
        telling=_telling(meant, hits, entries=len(names)),
    )


def offers_for(person: Union["User", "AnonymousUser"], found: Found, *, on: date) -> list[str]:
    """Words the person may have meant, for a question without an answer."""
    return offers(found.unknown, Entry.objects.openable_by(person, on=on))


def _hits(
    meant: list[Meant], entries: EntryQuerySet
) -> tuple[list[Hit], dict[int, tuple[str, str, str]], dict[int, str]]:
    """Where the words stand; of each entry they stand in its kind, key and language, and its title."""
    counts = _shares(meant)
    rows = Posting.objects.filter(word__in=list(counts), entry__in=entries)
    hits, names, titles = [], {}, {}
    facts = ("entry_id", "word_id", "weight", "entry__title", "entry__kind", "entry__key", "entry__language")
    for entry, word, weight, title, *name in rows.values_list(*facts):
        hits += [Hit(entry, place, weight * share // 100) for place, share in counts[word]]
        names[entry], titles[entry] = tuple(name), title
    return hits, names, titles


def _shares(meant: list[Meant]) -> dict[int, list[tuple[int, int]]]:
    """For each row of `Word`: the places in the question it answers, and what of its weight counts there, in 100."""
    counts: dict[int, list[tuple[int, int]]] = {}
    for place, one in enumerate(meant):
        for number, word in one.words.items():
            counts.setdefault(number, []).append((place, 100 if word == one.sought else OTHER_FORM))
    return counts


def _once(order: Iterable[int], names: Mapping[int, tuple[str, str, str]], language: str) -> list[int]:
    """Each thing once, where its best language stands; the entry in the wanted language if that is among them."""
    shown: dict[tuple[str, str], int] = {}
    for entry in order:
        kind, key, tongue = names[entry]
        if (kind, key) not in shown or tongue == language:
            shown[kind, key] = entry
    return list(shown.values())


def _telling(meant: list[Meant], hits: Iterable[Hit], *, entries: int) -> dict[str, float]:
    held: dict[int, dict[int, int]] = {}
    for hit in hits:
        held.setdefault(hit.entry, {})[hit.place] = 1
    rarity = rarities(held.values(), entries=entries, places=len(meant))
    return {word: rarity[place] for place, one in enumerate(meant) for word in one.words.values()}
