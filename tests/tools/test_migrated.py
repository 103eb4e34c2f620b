"""Migrations run once for real, and whoever needs a database gets a copy of what came of them."""

import os
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader
from tools import migrated
from tools.check import sqlite_environment
from tools.postgres import server_binaries, throwaway_cluster

pytestmark = pytest.mark.thorough


def _applied(file: str | Path) -> set[tuple[str, str]]:
    with sqlite3.connect(file) as connection:
        return set(connection.execute("SELECT app, name FROM django_migrations"))


def _paths() -> dict[str, str]:
    root = Path(migrated.__file__).parents[2]
    return {"PYTHONPATH": os.pathsep.join([str(root / "site"), str(root)])}


def test_every_migration_is_run_and_a_copy_has_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.sqlite3"
    if "sqlite" not in os.environ.get(migrated.VARIABLE, ""):  # a run of all tests has made one already
        environment = {**sqlite_environment(str(tmp_path)), **_paths()}
        with migrated.migrating_sqlite(str(tmp_path), environment) as migrating:
            assert migrating.ended_well()
        monkeypatch.setenv(migrated.VARIABLE, migrating.url)

    made = migrated.copied(f"sqlite:///{copy}")

    assert made
    assert _applied(copy) == set(MigrationLoader(None).disk_migrations)


def test_migrations_that_break_are_said_and_count_as_failed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    environment = {**sqlite_environment(str(tmp_path)), **_paths()}
    (tmp_path / "migrated.sqlite3").write_text("this is no database")

    with migrated.migrating_sqlite(str(tmp_path), environment) as migrating:
        good = migrating.ended_well()

    assert not good
    assert capfd.readouterr().out.splitlines()[-1].endswith("failed")


@pytest.mark.parametrize("template", ["", "postgres://somebody@127.0.0.1:1/migrated_1"])
def test_without_a_migrated_database_of_its_kind_nothing_is_copied(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(migrated.VARIABLE, template)

    assert not migrated.copied(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(server_binaries() is None, reason="no PostgreSQL server is installed")
def test_migrated_postgresql_database_is_read_in_on_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with throwaway_cluster() as one, throwaway_cluster() as other:
        with psycopg.connect(one, autocommit=True) as connection:
            connection.execute("CREATE TABLE something AS SELECT 7 AS number")
        monkeypatch.setenv(migrated.VARIABLE, f"sqlite:////nowhere/else.sqlite3 {one}")

        made = migrated.copied(f"{other}_copy", server=other)

        with psycopg.connect(f"{other}_copy") as connection:
            row = connection.execute("SELECT number FROM something").fetchone()
    assert (made, row) == (True, (7,))
