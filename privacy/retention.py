"""The nightly run: what is older than its rule allows is removed, and that it was is written down."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from toolkit.personal import Retention, retentions

from .choices import RemovalCause
from .dormant import erase_dormant, warn_dormant
from .erasure import Removed, for_real_or_tried, leave_no_trace
from .holds import people_on_hold
from .models import Removal


def apply_retention(*, at: datetime, dry_run: bool = False) -> list[Removed]:
    """Warn and erase dormant accounts and remove what is too old; or say exactly what would be removed.

    People on hold are left out. Running again finds nothing.
    """
    if dry_run:
        with for_real_or_tried(dry_run=True):
            return _run(at)
    removed = _run(at)
    leave_no_trace()
    return removed


def nightly() -> int:
    """What the worker's timetable calls; returns how many rows were removed."""
    return sum(one.count for one in apply_retention(at=timezone.now()))


def _run(at: datetime) -> list[Removed]:
    """Each rule in a transaction of its own, so that the database is never held for long."""
    warn_dormant(at=at)
    removed = erase_dormant(at=at)
    for one in retentions():
        removed += _apply(one, at)
    return removed


@transaction.atomic
def _apply(one: Retention, at: datetime) -> list[Removed]:
    before = at - timedelta(days=settings.RETENTION_DAYS[one.rule])
    count = one.apply(before, at, people_on_hold(at))
    if not count:
        return []
    label = one.model._meta.label
    Removal.objects.create(at=at, table=label, count=count, rule=one.rule, cause=RemovalCause.RETENTION)
    return [Removed(label, count, one.rule)]
