"""Which tables hold personal data, how long it is kept, how its person may read it and how it goes.

Each room says it of its own tables in a module `personal.py`, found when the site starts. A table that could hold
something about a person and of which nothing is said fails a test (`unaccounted`). Rule names are the keys of the
setting RETENTION_DAYS. Source: docs/decisions/0024-a-persons-data.md.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

Words = str | Promise
Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """Whom a download or an erasure is about: an account, or no more than an address somebody was invited under."""

    person: Any  # the user, or None
    addresses: frozenset[str]  # in small letters


@dataclass(frozen=True)
class Holding:
    """What one table holds about people.

    `columns` are what the person is shown, each an attribute path ("course__code") with its label. `erase` empties
    or deletes the rows given and returns how many it changed; without one, `kept` says why everything stays.
    """

    model: type[models.Model]
    title: Words
    rule: str
    columns: Mapping[str, Words]
    rows: Callable[[Subject], models.QuerySet[Any]]
    erase: Callable[[models.QuerySet[Any], datetime], int] | None = None
    kept: Words = ""
    shown: Callable[[Any], Row] | None = None  # further columns that take more than an attribute

    def rows_shown(self, subject: Subject) -> list[Row]:
        """The person's rows as plain values, keyed by attribute path."""
        return [
            {path: _value(row, path) for path in self.columns if not (extra and path in extra)} | extra
            for row in self.rows(subject)
            for extra in [self.shown(row) if self.shown else {}]
        ]


@dataclass(frozen=True)
class Retention:
    """What is removed from one table under a rule. `apply` takes the moment before which things are too old, now, and

    the keys of people on legal hold, whose rows stay; it returns how many rows it changed.
    """

    rule: str
    model: type[models.Model]
    apply: Callable[[datetime, datetime, frozenset[int]], int]


@dataclass
class _Register:
    holdings: dict[type[models.Model], Holding] = field(default_factory=dict)
    retentions: list[Retention] = field(default_factory=list)
    about_nobody: dict[type[models.Model], Words] = field(default_factory=dict)


_register = _Register()


def hold(*holdings: Holding) -> None:
    """Say what tables hold about people."""
    for one in holdings:
        if one.rule not in settings.RETENTION_DAYS:
            raise ValueError(f"RETENTION_DAYS has no rule called {one.rule} ({one.model._meta.label})")
        if one.erase is None and not one.kept:
            raise ValueError(f"{one.model._meta.label} is not erased and does not say why")
        _register.holdings[one.model] = one


def retain(*retentions: Retention) -> None:
    """Say what is removed from tables once it is too old."""
    for one in retentions:
        if one.rule not in settings.RETENTION_DAYS:
            raise ValueError(f"RETENTION_DAYS has no rule called {one.rule} ({one.model._meta.label})")
        _register.retentions.append(one)


def about_nobody(why: Words, *tables: type[models.Model]) -> None:
    """Say why tables hold nothing that would have to be shown, kept to a rule or erased. Holds for their subclasses."""
    _register.about_nobody.update(dict.fromkeys(tables, why))


def holdings() -> list[Holding]:
    """Every holding, higher rooms first, so that what leans on a row goes before it."""
    return list(_register.holdings.values())


def retentions() -> list[Retention]:
    """Every removal there is, in the same order."""
    return list(_register.retentions)


def rows_of(model: type[models.Model], *paths: str) -> Callable[[Subject], models.QuerySet[Any]]:
    """The rows of a table that lead to the person by any of these fields; none for somebody without an account."""

    def rows(subject: Subject) -> models.QuerySet[Any]:
        if subject.person is None:
            return model._default_manager.none()
        wanted = models.Q()
        for path in paths:
            wanted |= models.Q(**{path: subject.person})
        return model._default_manager.filter(wanted)

    return rows


def mentions(value: Any, addresses: Iterable[str]) -> bool:
    """Whether one of these addresses stands in a text, or in any text of lists and dicts, however deep.

    Whole: not as the end or the beginning of somebody else's. Texts are read as they are, never as JSON, which writes
    some letters in another way.
    """
    wanted = [re.escape(unicodedata.normalize("NFC", one)) for one in addresses]
    if not wanted:
        return False
    pattern = re.compile(rf"(?<![\w.+-])({'|'.join(wanted)})(?![\w-]|\.\w)", re.IGNORECASE)
    return any(pattern.search(unicodedata.normalize("NFC", text)) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def delete_rows(rows: models.QuerySet[Any], at: datetime) -> int:
    """Delete them; returns how many, without what went with them."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def unaccounted(tables: Iterable[type[models.Model]]) -> list[str]:
    """Tables that could hold something about a person and of which nothing is said."""
    said = (*_register.holdings, *_register.about_nobody)
    return sorted(table._meta.label for table in tables if _could_hold(table) and not issubclass(table, said))


def _could_hold(table: type[models.Model]) -> bool:
    """Whether a table has a tie to an account or room for words, addresses or files."""
    if table._meta.proxy or not table._meta.managed:
        return False
    fields = [*table._meta.local_fields, *table._meta.local_many_to_many]
    return any(_is_tie(one) or _is_room(one) for one in fields)


def _is_tie(one: Any) -> bool:
    """A reference to the user model, resolved or still by name."""
    to: Any = one.related_model if one.is_relation else None
    label = str(getattr(to, "_meta", to))
    return label.lower() == settings.AUTH_USER_MODEL.lower()


def _is_room(one: Any) -> bool:
    rooms = (models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField, models.BinaryField)
    return isinstance(one, rooms) or (isinstance(one, models.CharField) and not one.choices)


def _value(row: Any, path: str) -> Any:
    """What stands at the end of an attribute path; a choice in its words; empty if the path breaks off."""
    *before, last = path.split("__")
    for name in before:
        row = getattr(row, name, None)
        if row is None:
            return None
    display = getattr(row, f"get_{last}_display", None)
    return str(display()) if display else getattr(row, last, None)
