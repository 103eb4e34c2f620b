"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, hold, retain, rows_of

from .models import AuditEntry

hold(
    Holding(
        AuditEntry,
        _("What was done, by you or to you"),
        "audit",
        {"at": _("When"), "act": _("What"), "subject_kind": _("To which record"), "subject_id": _("Its identifier")},
        rows_of(AuditEntry, "actor", "person"),
        kept=_("Entries hold identifiers and no names, and are removed when they are old enough."),
    )
)


def _old_entries(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = AuditEntry.objects.filter(at__lt=before)
    kept = old.filter(person__in=held) | old.filter(actor__in=held)
    return old.exclude(pk__in=kept.values("pk")).delete()[0]


retain(Retention("audit", AuditEntry, _old_entries))
