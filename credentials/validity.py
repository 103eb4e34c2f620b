"""How long a credential holds. Pure."""

import calendar
from datetime import date


def last_valid_day(awarded_on: date, months: int | None) -> date | None:
    """The last day a credential is valid; None for one that does not run out.

    The same day so many months on, or that month's last day where it has no such day: 29 February plus 12 months
    is 28 February.
    """
    if months is None:
        return None
    year, month0 = divmod(awarded_on.year * 12 + awarded_on.month - 1 + months, 12)
    month = month0 + 1
    return date(year, month, min(awarded_on.day, calendar.monthrange(year, month)[1]))
