"""Columns that never change once written, held by a trigger in the database.

A model says `@frozen()` (every column), `@frozen(but=("state",))` (all but these) and, where the law may require
removal, `unless="reduced_at"`: once that column is filled in, the rest may be emptied. `once=("sealed_at",)` may be
filled in and is frozen from then on. `sealed_by="requirement_set"` also refuses rows added to or taken from a parent
whose `sealed_at` is filled in. The triggers are dropped before a migration, because SQLite rebuilds tables and
PostgreSQL will not alter a watched column, and made again after it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import AppConfig
from django.db import connections, models

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


@dataclass(frozen=True)
class Rule:
    """Which columns of one table are frozen, which one lifts the freeze, and which are frozen once filled in."""

    model: type[models.Model]
    but: tuple[str, ...]
    unless: str
    sealed_by: str
    once: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def trigger(self) -> str:
        return f"frozen_{self.table}"

    def columns(self) -> list[str]:
        """The frozen columns; the exempt field names are checked, so a misspelt one cannot open a hole."""
        fields = {field.name: str(field.column) for field in self.model._meta.local_concrete_fields}
        exempt = [*self.but, *self.once, *([self.unless] if self.unless else [])]
        unknown = set(exempt) - set(fields)
        if unknown:
            raise ValueError(f"{self.model.__name__} has no field {sorted(unknown)}")
        return [column for name, column in fields.items() if name not in exempt]

    def once_columns(self) -> list[str]:
        """The columns that are frozen as soon as they hold something."""
        return [str(field.column) for field in self.model._meta.local_concrete_fields if field.name in self.once]


_rules: list[Rule] = []


def frozen(
    *, but: tuple[str, ...] = (), unless: str = "", sealed_by: str = "", once: tuple[str, ...] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Mark a model as frozen once written; an attempt to change it raises IntegrityError."""

    def mark(model: ModelClass) -> ModelClass:
        _rules.append(Rule(model, but, unless, sealed_by, once))
        return model

    return mark


def frozen_rules() -> list[Rule]:
    """Every rule there is, for tests that must not forget one."""
    return list(_rules)


def remove_triggers(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Lift the freeze of one app's tables while they are migrated."""
    connection = connections[using]
    for rule in _rules_of(sender, using):
        with connection.cursor() as cursor:
            _drop(cursor, connection.vendor, rule)


def install_triggers(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Freeze one app's tables again; safe to repeat."""
    connection = connections[using]
    for rule in _rules_of(sender, using):
        with connection.cursor() as cursor:
            _drop(cursor, connection.vendor, rule)
            for statement in _create(connection.vendor, rule):
                cursor.execute(statement)


def _rules_of(app: AppConfig, using: str) -> list[Rule]:
    """The app's rules whose tables, and whose sealing tables, are there already."""
    rules = [rule for rule in _rules if rule.model._meta.app_label == app.label]
    if not rules:
        return []
    tables = set(connections[using].introspection.table_names())
    return [rule for rule in rules if rule.table in tables]


def _triggers(rule: Rule, vendor: str) -> list[tuple[str, str, str, str]]:
    """(name, event, condition, sentence) of each trigger a rule needs."""
    wanted = [
        (rule.trigger, "UPDATE", _changed(rule, vendor), f"{rule.table}: a row may not be changed once written"),
    ]
    if rule.sealed_by:
        parent = rule.model._meta.get_field(rule.sealed_by)
        table, column = parent.related_model._meta.db_table, parent.column  # type: ignore[union-attr]
        for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            sealed = f'EXISTS (SELECT 1 FROM "{table}" WHERE id = {row}."{column}" AND sealed_at IS NOT NULL)'  # noqa: S608
            sentence = f"{rule.table}: the set it belongs to is sealed"
            wanted.append((f"{rule.trigger}_{event.lower()}", event, sealed, sentence))
    return wanted


def _changed(rule: Rule, vendor: str) -> str:
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changes = [f'OLD."{column}" {differs} NEW."{column}"' for column in rule.columns()]
    changes += [
        f'(OLD."{column}" IS NOT NULL AND OLD."{column}" {differs} NEW."{column}")' for column in rule.once_columns()
    ]
    changed = " OR ".join(changes)
    return f'({changed}) AND NEW."{rule.unless}" IS NULL' if rule.unless else f"({changed})"


def _drop(cursor: Any, vendor: str, rule: Rule) -> None:
    suffix = f' ON "{rule.table}"' if vendor == "postgresql" else ""
    for name, *_rest in _triggers(rule, vendor):
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{suffix}')


def _create(vendor: str, rule: Rule) -> list[str]:
    statements = []
    for name, event, condition, sentence in _triggers(rule, vendor):
        if vendor == "postgresql":
            # A trigger's WHEN may not hold a subquery in PostgreSQL, so the condition goes into the function.
            keep = "OLD" if event == "DELETE" else "NEW"
            statements += [
                f'CREATE OR REPLACE FUNCTION "{name}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
                f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN {keep}; END $$",
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{rule.table}" FOR EACH ROW '
                f'EXECUTE FUNCTION "{name}_refuse"()',
            ]
        else:
            statements.append(
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{rule.table}" FOR EACH ROW '
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
    return statements
