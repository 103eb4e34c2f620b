"""Erasing a person in place: what says who they are goes, what others' records rest on stays without a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from toolkit.personal import Subject, holdings

from audit.entries import note_act
from people.models import User

from .holds import refuse_if_on_hold
from .models import Removal


@dataclass(frozen=True)
class Removed:
    """So many rows of one table, under one rule."""

    table: str
    count: int
    rule: str


@contextmanager
def for_real_or_tried(*, dry_run: bool) -> Iterator[None]:
    """One transaction; a dry run does everything in it and takes it back."""
    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def erase(
    subject: Subject, *, at: datetime, cause: str, by: User | None = None, dry_run: bool = False
) -> list[Removed]:
    """Erase everything the rooms hold about this person, or say exactly what would be; all of it or nothing.

    Files go once the rows have gone. Erasing again finds nothing. Raises OnHold.
    """
    with for_real_or_tried(dry_run=dry_run):
        if subject.person is not None:
            User.objects.select_for_update().get(pk=subject.person.pk)
        refuse_if_on_hold(subject, at=at)
        removed = _erase_all(subject, at)
        _note(removed, subject, at=at, cause=cause, by=by)
    if not dry_run:
        leave_no_trace()
    return removed


def _erase_all(subject: Subject, at: datetime) -> list[Removed]:
    """Rows are found before any of them goes: what leads to one may be emptied with another."""
    found = [(one, list(one.rows(subject).values_list("pk", flat=True))) for one in holdings()]
    removed = []
    for one, keys in found:
        count = one.erase(one.model._default_manager.filter(pk__in=keys), at) if one.erase and keys else 0
        if count:
            removed.append(Removed(one.model._meta.label, count, one.rule))
    return removed


def _note(removed: list[Removed], subject: Subject, *, at: datetime, cause: str, by: User | None) -> None:
    Removal.objects.bulk_create(
        Removal(at=at, table=one.table, count=one.count, rule=one.rule, cause=cause, person=subject.person, by=by)
        for one in removed
    )
    if subject.person is not None and removed:
        note_act(
            "person_erased", subject=subject.person, at=at, actor=by, person=subject.person, facts={"cause": str(cause)}
        )


def leave_no_trace() -> None:
    """SQLite keeps what was written lately in a second file; once it is folded in, what was erased is in neither.

    Inside somebody's transaction, or while others read, this does what it can; the next nightly run does the rest.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
