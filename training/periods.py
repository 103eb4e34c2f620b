"""The periods a funder may ask about: fixed ones, of whole months that are over. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

YEARS_BACK, QUARTERS_BACK = 5, 8
SETTLES_WITHIN = timedelta(days=2)  # what ended in the last minutes of a month may be noted a little later
APRIL = 4


@dataclass(frozen=True)
class Period:
    """From a day up to, not including, another; `is_running` says that months of it are still to come."""

    key: str
    words: str
    starts_on: date | None
    ends_on: date
    is_running: bool = False


def counted_on(today: date) -> date:
    """The day whose periods are on offer today: a month is shown once all that happened in it has been noted."""
    return today - SETTLES_WITHIN


def months_on(day: date, months: int) -> date:
    """The first of the month so many months after the day's month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, 1)


def periods(today: date) -> list[Period]:
    """All time, the last financial years (April to March) and the last calendar quarters, newest first.

    Each ends with the last month that is over, so that nothing on the page moves from one day to the next.
    """
    until = months_on(today, 0)
    return [Period("all", _("All time"), None, until), *_years(until), *_quarters(until)]


def _years(until: date) -> list[Period]:
    last_month = months_on(until, -1)
    newest = last_month.year if last_month.month >= APRIL else last_month.year - 1
    found = []
    for year in range(newest, newest - YEARS_BACK, -1):
        words = _("April %(year)s to March %(next)s") % {"year": year, "next": year + 1}
        found.append(_period(f"year-{year}", words, date(year, APRIL, 1), date(year + 1, APRIL, 1), until))
    return found


def _quarters(until: date) -> list[Period]:
    last_month = months_on(until, -1)
    newest = date(last_month.year, (last_month.month - 1) // 3 * 3 + 1, 1)
    found = []
    for place in range(QUARTERS_BACK):
        starts_on = months_on(newest, -3 * place)
        number = (starts_on.month - 1) // 3
        words = [_("January to March"), _("April to June"), _("July to September"), _("October to December")][number]
        key = f"quarter-{starts_on.year}-{number + 1}"
        found.append(_period(key, f"{words} {starts_on.year}", starts_on, months_on(starts_on, 3), until))
    return found


def _period(key: str, words: str, starts_on: date, ends_on: date, until: date) -> Period:
    return Period(key, words, starts_on, min(ends_on, until), is_running=ends_on > until)
