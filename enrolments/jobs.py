"""What the worker does for this room. Each job may run twice, or be killed half-way, without harm."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assessments.attempts import close_overdue
from assessments.choices import AttemptState
from assessments.models import Attempt

from .films import note_all_watched
from .models import Progress
from .progress import record_attempt


def close_overdue_attempts() -> int:
    """Close attempts whose time is up; returns how many."""
    return close_overdue(at=timezone.now())


def repair_progress() -> int:
    """Record scored attempts that no listener recorded, say after a kill between two commits; returns how many."""
    rows = Progress.objects.filter(enrolment=OuterRef("link__enrolment"), activity=OuterRef("assessment__activity"))
    scored = Attempt.objects.filter(state=AttemptState.SCORED, link__isnull=False)
    never_completed = ~Exists(rows.filter(completed_at__isnull=False))
    passed_unnoticed = Q(results__passed=True, results__successor=None) & ~Exists(rows.filter(passed_at__isnull=False))
    missed = list(scored.filter(Q(never_completed) | passed_unnoticed).distinct())
    for attempt in missed:
        record_attempt(attempt)
    return len(missed)


def repair_films() -> int:
    """Record films that were watched and that no listener recorded; returns how many."""
    return note_all_watched()
