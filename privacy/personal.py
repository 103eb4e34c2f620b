"""What this room holds about people, and what tables of others hold that no room of ours speaks for."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ, Schedule, Task
from taggit.models import Tag
from toolkit.personal import Holding, Retention, about_nobody, hold, retain, rows_of

from . import desk  # noqa: F401
from .models import LegalHold, Removal


def _empty_reasons(rows: QuerySet[LegalHold], at: datetime) -> int:
    return rows.exclude(reason="").update(reason="")


hold(
    Holding(
        LegalHold,
        _("Legal holds on your records"),
        "removals",
        {"begins_at": _("From"), "ends_at": _("Until"), "reason": _("Why")},
        rows_of(LegalHold, "person"),
        _empty_reasons,
        kept=_("That there was a hold, and when, stays: it explains why records were kept longer."),
    ),
    Holding(
        Removal,
        _("What was removed of your records"),
        "removals",
        {"at": _("When"), "table": _("Table"), "count": _("Rows"), "cause": _("Why")},
        rows_of(Removal, "person"),
        kept=_("That something was removed stays, and never what it was."),
    ),
)
about_nobody(_("Names of jobs; ours are given no arguments that say anything about a person."), OrmQ, Schedule, Task)
about_nobody(_("Words on documents and pictures: content."), Tag)


def _old_holds(before: datetime, at: datetime, held: frozenset[int]) -> int:
    return LegalHold.objects.filter(ends_at__lt=before).exclude(person__in=held).delete()[0]


def _old_removals(before: datetime, at: datetime, held: frozenset[int]) -> int:
    old = Removal.objects.filter(at__lt=before)
    return old.exclude(pk__in=old.filter(person__in=held).values("pk")).delete()[0]


retain(Retention("removals", LegalHold, _old_holds), Retention("removals", Removal, _old_removals))
