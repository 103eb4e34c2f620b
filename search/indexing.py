"""Keeping the index fresh. Every verb may be called again and changes nothing that is right already."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from toolkit.digests import digest_of
from wagtail.models import Page

from .entries import Draft, drafts_of, models_found, name_of
from .models import Entry, Posting, Word
from .ranking import weights
from .terms import stem

VERSION = 1  # of how words are found and weighed: raise it with terms.py or ranking.py, and a rebuild begins anew


def index(thing: models.Model) -> int:
    """Make the index say what a page or row says now. Returns how many of its entries were written."""
    name, drafts = name_of(type(thing), thing.pk), drafts_of(thing)
    with transaction.atomic():
        Entry.objects.filter(thing=name).exclude(language__in={draft.language for draft in drafts}).delete()
        return sum(write(name, draft) for draft in drafts)


def forget(model: type[models.Model], pk: Any) -> None:
    """Take a row that was deleted out of the index. Pages leave it by themselves."""
    Entry.objects.filter(thing=name_of(model, pk)).delete()


def rebuild() -> tuple[int, int]:
    """Index all there is. Returns how many entries were written, and how many of things that have gone were removed."""
    written, there = 0, set()
    for model in models_found():
        for thing in _all_of(model):
            written += index(thing)
            there.add(name_of(model, thing.pk))
    gone = [pk for pk, name in Entry.objects.values_list("pk", "thing") if name not in there]
    Entry.objects.filter(pk__in=gone).delete()
    Word.objects.filter(postings=None).delete()
    return written, len(gone)


def index_missed() -> None:
    """A sweep for the worker: what was never indexed, and pages published since, because a listener was cut short."""
    for model in models_found():
        for thing in _missed(model):
            index(thing)


def _missed(model: type[models.Model]) -> Iterable[models.Model]:
    if issubclass(model, Page):
        published_since = Q(search_entry__indexed_at__lt=F("last_published_at"))
        return _all_of(model).filter(Q(search_entry=None) | published_since)
    names = Entry.objects.filter(thing__startswith=name_of(model, "")).values_list("thing", flat=True)
    return _all_of(model).exclude(pk__in=[name.rpartition(":")[2] for name in names])


def _all_of(model: type[models.Model]) -> models.QuerySet[models.Model]:
    rows = model._default_manager.all()
    return rows.live() if issubclass(model, Page) else rows  # type: ignore[attr-defined, no-any-return]


def write(name: str, draft: Draft) -> bool:
    """Store a draft with its words, unless it stands there already."""
    passages = [passage.kept() for passage in draft.passages]
    facts = {field: getattr(draft, field) for field in ("kind", "key", "title", "lead", "course_id", "page_id")}
    digest = digest_of({**facts, "passages": passages, "version": VERSION})
    there, now = Entry.objects.filter(thing=name, language=draft.language), timezone.now()
    if there.filter(digest=digest).update(indexed_at=now):
        return False
    entry, _made = Entry.objects.update_or_create(
        thing=name,
        language=draft.language,
        defaults={**facts, "passages": passages, "digest": digest, "indexed_at": now},
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
