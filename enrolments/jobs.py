"""What the worker does for this room. Each job may run twice, or be killed half-way, without harm."""

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from toolkit.sweeps import do_each

from assessments.attempts import close_overdue
from assessments.choices import AttemptState
from assessments.models import Attempt, Result

from .films import note_all_watched
from .progress import record_attempt

AT_ONCE = 1_000


def close_overdue_attempts() -> int:
    """Close attempts whose time is up; returns how many."""
    return close_overdue(at=timezone.now())


def repair_progress() -> int:
    """Record scored attempts whose standing result no listener recorded, say after a kill; returns how many.

    The oldest first, and so many at most: the next run goes on.
    """
    standing = Result.objects.filter(attempt=OuterRef("pk"), successor=None).values("pk")
    scored = Attempt.objects.filter(state=AttemptState.SCORED, link__isnull=False).annotate(now=Subquery(standing[:1]))
    unheard = Q(link__recorded_result=None) | ~Q(link__recorded_result=F("now"))
    missed = list(scored.filter(unheard, now__isnull=False).order_by("pk")[:AT_ONCE])
    return len(do_each(missed, record_attempt))


def repair_films() -> int:
    """Record films that were watched and that no listener recorded; returns how many."""
    return note_all_watched()
