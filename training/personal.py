"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, delete_rows, hold, retain, rows_of

from .models import Nudge

hold(
    Holding(
        Nudge,
        _("Reminders your trainers wrote to you"),
        "messages",
        {
            "written_at": _("When"),
            "by__name": _("By whom"),
            "enrolment__cohort__name": _("Cohort"),
            "reason": _("About what"),
            "state": _("State"),
            "text": _("What it says"),
        },
        rows_of(Nudge, "enrolment__learner"),
        delete_rows,
    )
)


def _old_nudges(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Those written so long ago, for whoever is not on legal hold."""
    return delete_rows(Nudge.objects.filter(written_at__lt=before).exclude(enrolment__learner__in=held), at)


retain(Retention("messages", Nudge, _old_nudges))
