"""Keeping the index fresh. Every verb may be called again and changes nothing that is right already."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from toolkit.digests import digest_of
from wagtail.models import Page

from .entries import Draft, drafts_of, models_found
from .models import Entry, Posting, Word
from .ranking import weights
from .terms import stem

VERSION = 1  # of how words are found and weighed: raise it with terms.py or ranking.py, and a rebuild begins anew


def index(thing: models.Model) -> int:
    """Make the index say what a page or row says now. Returns how many of its entries were written."""
    return _store(thing, drafts_of(thing))


def forget(kind: str, key: str) -> None:
    """Take a row that was deleted out of the index. Pages leave it by themselves."""
    Entry.objects.filter(kind=kind, key=key).delete()


def rebuild() -> tuple[int, int]:
    """Index all there is. Returns how many entries were written, and how many of things that have gone were removed."""
    written, right = 0, set()
    for model in models_found():
        for thing in _all_of(model):
            drafts = drafts_of(thing)
            written += _store(thing, drafts)
            right |= {draft.name for draft in drafts}
    stale = [pk for pk, *name in Entry.objects.values_list("pk", "kind", "key", "language") if tuple(name) not in right]
    Entry.objects.filter(pk__in=stale).delete()
    Word.objects.filter(postings=None).delete()
    return written, len(stale)


def index_missed() -> None:
    """A sweep for the worker: pages published since they were last indexed, because a listener failed or was killed."""
    for model in models_found():
        if issubclass(model, Page):
            published_since = Q(search_entry__indexed_at__lt=F("last_published_at"))
            for page in _all_of(model).filter(Q(search_entry=None) | published_since):
                index(page)


def _all_of(model: type[models.Model]) -> Any:
    rows = model._default_manager.all()
    return rows.live() if issubclass(model, Page) else rows  # type: ignore[attr-defined]


@transaction.atomic
def _store(thing: models.Model, drafts: list[Draft]) -> int:
    if isinstance(thing, Page):
        for entry in Entry.objects.filter(page=thing.pk):
            if (entry.kind, entry.key, entry.language) not in {draft.name for draft in drafts}:
                entry.delete()
    return sum(_write(draft) for draft in drafts)


def _write(draft: Draft) -> bool:
    """Store a draft with its words, unless it stands there already."""
    passages = [passage.kept() for passage in draft.passages]
    facts = {name: getattr(draft, name) for name in ("title", "lead", "course_id", "page_id")}
    digest = digest_of({**facts, "passages": passages, "version": VERSION})
    name = dict(zip(("kind", "key", "language"), draft.name, strict=True))
    now = timezone.now()
    if Entry.objects.filter(**name, digest=digest).update(indexed_at=now):
        return False
    entry, _made = Entry.objects.update_or_create(
        **name, defaults={**facts, "passages": passages, "digest": digest, "indexed_at": now}
    )
    found = weights(draft.parts)
    numbers = _numbers(found, draft.language)
    entry.postings.all().delete()
    Posting.objects.bulk_create(
        (Posting(entry=entry, word_id=numbers[word], weight=weight) for word, weight in found.items()), batch_size=1000
    )
    return True


def _numbers(words: Iterable[str], language: str) -> dict[str, int]:
    """The key of each word's row, made where this is its first time."""
    wanted = sorted(words)
    known = Word.objects.filter(language=language, word__in=wanted)
    numbers = dict(known.values_list("word", "pk"))
    new = [Word(language=language, word=word, stem=stem(word, language)) for word in wanted if word not in numbers]
    if new:
        Word.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
        numbers = dict(known.all().values_list("word", "pk"))
    return numbers
