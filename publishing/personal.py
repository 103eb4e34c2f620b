"""What this room holds about people (toolkit/personal.py)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, about_nobody, hold, retain, rows_of

from .models import LoadedFile, Override

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


def _old_overrides(before: datetime, at: datetime, held: frozenset[int]) -> int:
    return Override.objects.filter(at__lt=before).exclude(by__in=held).delete()[0]


retain(Retention("audit", Override, _old_overrides))
