"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Subject, hold, retain

from .models import AuditEntry

# Acts by which places are given to others and taken back. Of one list some are booked and some asked, by what is known
# of them elsewhere: by their entries whoever sent it in would learn which.
OF_OTHERS = (
    "booking_taken_up_again",
    "enrolment_booked",
    "enrolment_changed",
    "invitation_made",
    "invitation_withdrawn",
    "organisation_joined",
    "organisation_left",
)


def _entries(subject: Subject) -> QuerySet[AuditEntry]:
    """What was done to somebody, and what they did, but for places they gave to others."""
    if subject.person is None:
        return AuditEntry.objects.none()
    to_them = Q(person=subject.person)
    return AuditEntry.objects.filter(to_them | Q(Q(actor=subject.person), ~Q(act__in=OF_OTHERS)))


hold(
    Holding(
        AuditEntry,
        _("What was done, by you or to you"),
        "audit",
        {"at": _("When"), "act": _("What"), "subject_kind": _("To which record"), "subject_id": _("Its identifier")},
        _entries,
        kept=_(
            "Entries hold identifiers and no names, and are removed when they are old enough. "
            "Places you gave to others, or took back, stand in what the site holds about them."
        ),
    )
)


def _old_entries(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = AuditEntry.objects.filter(at__lt=before)
    kept = old.filter(person__in=held) | old.filter(actor__in=held)
    return old.exclude(pk__in=kept.values("pk")).delete()[0]


retain(Retention("audit", AuditEntry, _old_entries))
