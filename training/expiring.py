"""How soon a certificate runs out. Pure but for the setting."""

from datetime import date
from functools import lru_cache

from django.conf import settings

from credentials.validity import last_valid_day


def expiring_months() -> tuple[int, ...]:
    """The numbers of months a lead may ask about, longest first (EXPIRING_MONTHS)."""
    return tuple(sorted(settings.EXPIRING_MONTHS, reverse=True))


def months_left(last_day: date, *, on: date) -> int | None:
    """The smallest of those numbers within which the day comes; None if it is past or further away than all."""
    if last_day < on:
        return None
    return next((months for months, bound in _bounds(on, expiring_months()) if last_day <= bound), None)


@lru_cache(maxsize=8)
def _bounds(on: date, numbers: tuple[int, ...]) -> list[tuple[int, date]]:
    """Each number of months, shortest first, with the last day within it."""
    return [(months, last_valid_day(on, months) or on) for months in sorted(numbers)]
