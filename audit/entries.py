"""The verbs of this room."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model


def note_act(
    act: str,
    *,
    subject: "Model",
    at: datetime,
    actor: "AbstractBaseUser | None" = None,
    person: "AbstractBaseUser | None" = None,
    facts: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry in the caller's transaction. `facts` holds codes and identifiers, never anybody's words."""
    entry = entry_of(act, subject=subject, at=at, actor=actor, person=person, facts=facts)
    entry.save(force_insert=True)
    return entry


def entry_of(
    act: str,
    *,
    subject: "Model",
    at: datetime,
    actor: "AbstractBaseUser | None" = None,
    person: "AbstractBaseUser | None" = None,
    facts: dict[str, Any] | None = None,
) -> AuditEntry:
    """The same entry, not yet written, for `note_acts`."""
    return AuditEntry(
        at=at,
        actor=actor,  # type: ignore[misc]
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=str(getattr(subject, "uuid", subject.pk)),
        person=person,  # type: ignore[misc]
        facts=facts or {},
    )


def note_acts(entries: "Iterable[AuditEntry]") -> None:
    """Append many entries at once, in this order."""
    AuditEntry.objects.bulk_create(entries)
