"""Legal statements as pages show them, and which of them a page's text places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import LegalStatement, Source


@dataclass(frozen=True)
class StatementShown:
    """A statement in the language of the page, or in English where it is not written in that language yet.

    What is said of it: `warning` if it is not the law on the day, `days` and `check`, and `overdue` if the next
    check is late. Whole sentences, or empty.
    """

    nation: str
    text: str
    language: str
    source: Source
    warning: str
    days: str
    check: str
    overdue: str


def keys_placed(raw_stream: Iterable[dict[str, Any]]) -> list[str]:
    """The keys of the legal statements a stored text places, each once."""
    return list(dict.fromkeys(one["value"]["key"] for one in raw_stream if one["type"] == "legal_statement"))


def read_so_until(keys: Iterable[str], today: date) -> str:
    """The last day from today on which all these statements read as they do today; empty if no day changes them."""
    rows = LegalStatement.objects.filter(key__in=list(keys)) if keys else []
    last = [
        day for row in rows for day in (row.valid_from and _eve(row.valid_from), row.valid_to, row.check_due_on) if day
    ]
    return min((day.isoformat() for day in last if day >= today), default="")


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def statement_shown(key: str, language: str, today: date) -> StatementShown | None:
    """How it stands on a day; None where there is no such statement."""
    row = LegalStatement.objects.select_related("source").filter(key=key).first()
    if row is None:
        return None
    tongue = row.language_for(language)
    return StatementShown(
        nation=str(row.get_nation_display()),
        text=row.texts.get(tongue, ""),
        language=tongue,
        source=row.source,
        warning=_warning(row, today),
        days=_days(row, today),
        check=_check(row),
        overdue=_overdue(row, today),
    )


def _warning(row: LegalStatement, today: date) -> str:
    if row.has_ended(today):
        return _("This is no longer the law. It was until %(day)s.") % {"day": _day(row.valid_to)}
    if row.valid_from and today < row.valid_from:
        return _("This is not the law yet. It will be from %(day)s.") % {"day": _day(row.valid_from)}
    return ""


def _days(row: LegalStatement, today: date) -> str:
    if row.valid_from is None:
        return _("Nobody has confirmed yet from which day on.")
    if row.valid_to:
        days = {"first": _day(row.valid_from), "last": _day(row.valid_to)}
        return _("In force from %(first)s to %(last)s.") % days
    if row.valid_from > today:
        return ""
    return _("In force since %(day)s.") % {"day": _day(row.valid_from)}


def _check(row: LegalStatement) -> str:
    if not row.checked_on:
        return _("Not yet checked by a lawyer.")
    return _("Checked by %(who)s on %(day)s.") % {"who": row.checked_by, "day": _day(row.checked_on)}


def _overdue(row: LegalStatement, today: date) -> str:
    """Nothing of one that nobody has checked: that is said already."""
    if not row.check_due_on or today <= row.check_due_on or row.has_ended(today):
        return ""
    words = _("The next check was due by %(day)s: look at the law itself before you rely on this.")
    return words % {"day": _day(row.check_due_on)}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
