"""What stands in the tables, as its person reads it: days, kinds of record and periods in words."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.personal import holdings

from .acts import act_in_words

YEAR = 365.25
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class AsText(DjangoJSONEncoder):
    """Whatever else stands in a column is written as text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def title_of(table: str) -> str:
    """What a table is called on the page, from its label, however that is written; the kind of record if not there."""
    titles = {one.model._meta.label_lower: one.title for one in holdings()}
    return str(titles.get(table.lower()) or kind_of(table))


def kind_of(label: str) -> str:
    """What one record of a table is called; the label itself if there is no such table any more."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def period(days: int) -> str:
    """“7 years” where the days are whole years, leap days and all; else days."""
    years = round(days / YEAR)
    if years and abs(days - years * YEAR) < 1:
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def _language(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)


# Columns that hold a code of our own without choices, by table and attribute path.
_IN_WORDS: dict[tuple[str, str], Callable[[str], str]] = {
    ("audit.auditentry", "act"): act_in_words,
    ("audit.auditentry", "subject_kind"): kind_of,
    ("privacy.removal", "table"): title_of,
    ("assessments.attempt", "language"): _language,
}


def in_words(table: str, path: str, value: Any) -> str:
    """One cell. Moments are in the time zone that is active."""
    if value is None:
        return ""
    if worded := _IN_WORDS.get((table, path)):
        return worded(str(value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, dict):
        return "\n".join(f"{capfirst(str(key).replace('_', ' '))}: {_flat(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "\n".join(" – ".join(map(_plain, one)) if isinstance(one, list) else _flat(one) for one in value)
    return str(value)


def _flat(value: Any) -> str:
    """What stands inside a list or an object, in one line; moments are texts there."""
    if isinstance(value, dict):
        return "; ".join(f"{str(key).replace('_', ' ')}: {_flat(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return _plain(datetime.fromisoformat(value))
    return "" if value is None else _plain(value)
