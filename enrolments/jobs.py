"""What the worker does for this room. Each job may run twice, or be killed half-way, without harm."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from toolkit.sweeps import do_each

from assessments.attempts import close_overdue
from assessments.choices import AttemptState
from assessments.models import Attempt, Result

from .films import note_all_watched
from .progress import record_attempt


def close_overdue_attempts() -> int:
    """Close attempts whose time is up; returns how many."""
    return close_overdue(at=timezone.now())


def repair_progress() -> int:
    """Record scored attempts whose standing result no listener recorded, say after a kill; returns how many.

    A result that progress has heard of is the standing one until another succeeds it.
    """
    unheard = Q(link__recorded_result=None) | Q(link__recorded_result__successor__isnull=False)
    has_result = Exists(Result.objects.filter(attempt=OuterRef("pk")))
    missed = Attempt.objects.filter(unheard, has_result, state=AttemptState.SCORED, link__isnull=False)
    keys = list(missed.order_by("pk").values_list("pk", flat=True))
    still_there = (found for key in keys if (found := Attempt.objects.filter(pk=key).first()))
    return len(do_each(still_there, record_attempt))


def repair_films() -> int:
    """Record films that were watched and that no listener recorded; returns how many."""
    return note_all_watched()
