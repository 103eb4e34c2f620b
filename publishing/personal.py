"""What this room holds about people (toolkit/personal.py)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, about_nobody, hold, retain, rows_of

from .models import FactCheck, FactCheckAnswer, LoadedFile, Override, SecondReading

about_nobody(_("Digests of content files, and where each lies."), LoadedFile)
hold(
    Holding(
        Override,
        _("Pages you published in spite of a check"),
        "audit",
        {"at": _("When"), "page_id": _("Which page"), "codes": _("What the checks found"), "reason": _("Your reason")},
        rows_of(Override, "by"),
        kept=_("Who let a page through, and why, has to be answered. Your name goes; the record goes in time."),
    )
)
hold(
    Holding(
        SecondReading,
        _("Changes of lessons that you made and somebody else read, or the other way round"),
        "audit",
        {
            "asked_at": _("When it was asked for"),
            "page_id": _("Which page"),
            "note": _("Words for readers"),
            "read_at": _("When it was read"),
            "sent_back_at": _("When it was sent back"),
            "sent_back_because": _("Why"),
        },
        rows_of(SecondReading, "asked_by", "read_by", "sent_back_by"),
        kept=_("Who changed what is taught, and who read it, has to be answered. Your name goes; the record in time."),
    )
)
hold(
    Holding(
        FactCheck,
        _("Drafts that you had somebody outside check"),
        "audit",
        {
            "asked_at": _("When"),
            "title": _("Which page"),
            "reader": _("Who checks it"),
            "question": _("What they should look at"),
        },
        rows_of(FactCheck, "asked_by"),
        kept=_("Who asked whom about what is taught has to be answered. Your name goes; the record in time."),
    )
)
hold(
    Holding(
        FactCheckAnswer,
        _("Answers from outside that you dealt with"),
        "audit",
        {"at": _("When it came"), "words": _("What it says"), "dealt_with_at": _("When you dealt with it")},
        rows_of(FactCheckAnswer, "dealt_with_by"),
        kept=_(
            "Who dealt with what was said of what is taught has to be answered. Your name goes; the record in time."
        ),
    )
)


def _old_overrides(before: datetime, at: datetime, held: frozenset[int]) -> int:
    return Override.objects.filter(at__lt=before).exclude(by__in=held).delete()[0]


retain(Retention("audit", Override, _old_overrides))


def _old_readings(before: datetime, at: datetime, held: frozenset[int]) -> int:
    rows = SecondReading.objects.filter(asked_at__lt=before)
    for whose in ("asked_by", "read_by", "sent_back_by"):
        rows = rows.exclude(**{f"{whose}__in": held})
    return rows.delete()[0]


retain(Retention("audit", SecondReading, _old_readings))


def _old_fact_checks(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """With their answers, and with the names of those outside who were asked."""
    kept = FactCheckAnswer.objects.filter(dealt_with_by__in=held).values("fact_check")
    rows = FactCheck.objects.filter(asked_at__lt=before).exclude(asked_by__in=held).exclude(pk__in=kept)
    return rows.delete()[1].get(FactCheck._meta.label, 0)


retain(Retention("audit", FactCheck, _old_fact_checks))
