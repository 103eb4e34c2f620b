"""The nightly run as tests of retention call it, so many days later."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from people.models import User
from privacy.retention import apply_retention

DAYS = settings.RETENTION_DAYS


def days(number: float) -> timedelta:
    return timedelta(days=number)


def run(at: Any) -> dict[str, int]:
    """How many rows went, by table, of everything but the account itself."""
    counts: dict[str, int] = {}
    for one in apply_retention(at=at):
        counts[one.table] = counts.get(one.table, 0) + one.count
    return counts


def all_signed_in(at: Any) -> None:
    User.objects.update(last_login=at)
