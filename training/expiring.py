"""How soon a certificate runs out. Pure but for the setting."""

from datetime import date

from django.conf import settings

from credentials.validity import last_valid_day


def expiring_months() -> tuple[int, ...]:
    """The numbers of months a lead may ask about, longest first (EXPIRING_MONTHS)."""
    return tuple(sorted(settings.EXPIRING_MONTHS, reverse=True))


def months_left(last_day: date, *, on: date) -> int | None:
    """The smallest of those numbers within which the day comes; None if it is past or further away than all."""
    if last_day < on:
        return None
    bounds = (months for months in sorted(settings.EXPIRING_MONTHS) if last_day <= (last_valid_day(on, months) or on))
    return next(bounds, None)
