"""What a factory wrote on a database, written again row by row where a test needs the same once more.

A course with its pages takes a twelfth of a second to make by the verbs of the house, and hundreds of tests begin with
one. The first test of a process makes it for real; `again` notes which rows came, went or changed, and gives the
next test the same rows in a few milliseconds. Only where every table concerned holds exactly what it held the first
time; anything else is made for real.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from toolkit.kept import content_changed
from wagtail.models import Locale, Site

Rows = dict[Any, tuple[Any, ...]]  # by primary key
_recordings: dict[str, list["_Recording"]] = {}
_LEANT_ON = (ContentType, Locale)  # rows of other tables point to these, and a flushed database has others


@dataclass(frozen=True)
class _Table:
    name: str
    key: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> "_Table":
        fields = model._meta.local_concrete_fields
        return cls(model._meta.db_table, str(model._meta.pk.column), tuple(str(field.column) for field in fields))

    def rows(self) -> Rows:
        place = self.columns.index(self.key)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self._listed()} FROM {_quoted(self.name)}")
            return {row[place]: tuple(row) for row in cursor.fetchall()}

    def take_away(self, keys: list[Any]) -> None:
        marks = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_quoted(self.name)} WHERE {_quoted(self.key)} IN ({marks})", keys)

    def put(self, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {_quoted(self.name)} ({self._listed()}) VALUES ({marks})", rows)

    def _listed(self) -> str:
        return ", ".join(_quoted(column) for column in self.columns)


@dataclass(frozen=True)
class _Change:
    """What became of one table."""

    table: _Table
    before: Rows
    after: Rows

    def repeat(self) -> None:
        stale = [key for key, row in self.before.items() if self.after.get(key) != row]
        fresh = [row for key, row in self.after.items() if self.before.get(key) != row]
        if stale:
            self.table.take_away(stale)
        if fresh:
            self.table.put(fresh)


@dataclass(frozen=True)
class _Recording:
    changes: list[_Change]
    leant_on: dict[_Table, Rows]

    def fits(self) -> bool:
        """Whether the tables are as they were when the recording began."""
        held = {change.table: change.before for change in self.changes} | self.leant_on
        return all(table.rows() == rows for table, rows in held.items())

    def repeat(self) -> None:
        # A sealed set takes no more requirements: what belongs to a row is put there before the row itself.
        with transaction.atomic():
            for change in reversed(self.changes):
                change.repeat()
        Site.clear_site_root_paths_cache()
        content_changed()


def again(name: str, make: Callable[[], object]) -> None:
    """Call `make`, or write the rows it wrote when it was called under this name on the same tables.

    `name` has to tell apart what depends on arguments. What `make` does beside the database is not done again.
    """
    for recording in _recordings.get(name, []):
        if recording.fits():
            recording.repeat()
            return
    tables = [_Table.of(model) for model in apps.get_models(include_auto_created=True) if _is_table(model)]
    before = {table: table.rows() for table in tables}
    make()
    changes = [_Change(table, before[table], after) for table in tables if (after := table.rows()) != before[table]]
    leant_on = {table: before[table] for table in map(_Table.of, _LEANT_ON)}
    _recordings.setdefault(name, []).append(_Recording(changes, leant_on))


def _is_table(model: type[models.Model]) -> bool:
    return bool(model._meta.managed and not model._meta.proxy and model._meta.app_label != "sessions")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
