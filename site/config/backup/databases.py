"""A copy of the database while people write, and such a copy put into an empty place; SQLite and PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection

from .archive import BackupRefused

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_PG_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "service", "passfile", "connect_timeout")


def dump(target: Path) -> None:
    """Write the database as it is at one moment to a new file."""
    if connection.vendor == "sqlite":
        # Unlike a copy page by page, this ends while others write, and leaves out what was deleted.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", _database())


def is_empty() -> bool:
    """Whether nothing is where the database goes; a file of no bytes is nothing."""
    if connection.vendor == "sqlite":
        path = sqlite_path()
        if not path.exists() or path.stat().st_size == 0:
            return True
    return not connection.introspection.table_names()


def check(staged: Path) -> None:
    """Raises BackupRefused if there is no copy, or SQLite finds it broken; PostgreSQL looks while it loads."""
    if not staged.exists():
        raise BackupRefused("This backup holds no database. Nothing was changed.")
    if connection.vendor != "sqlite":
        return
    with sqlite3.connect(f"{staged.as_uri()}?mode=ro", uri=True) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
        loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or loose:
        raise BackupRefused("The database in this backup is not sound. Nothing was changed.")


def load(staged: Path) -> None:
    """Put a copy in place, whole or not at all."""
    if connection.vendor == "sqlite":
        connection.close()
        path = sqlite_path()
        for leftover in (f"{path}-wal", f"{path}-shm"):
            Path(leftover).unlink(missing_ok=True)
        os.replace(staged, path)
    else:
        options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run("pg_restore", *options, f"--dbname={_database()}", str(staged))


def sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def staging_folder() -> Path:
    """Where a copy waits: for SQLite beside its place, so that it can be moved there in one step."""
    from django.conf import settings

    return sqlite_path().parent if connection.vendor == "sqlite" else Path(settings.VAR)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _run(name: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; host, name and password go by its environment, where no other user sees them."""
    done = subprocess.run(  # noqa: S603
        [_program(name), "--no-password", *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        raise BackupRefused(f"{name} could not do it: {last}")


def _program(name: str) -> str:
    """The newest on this machine: one older than the server refuses."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda found: float(found.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if not found:
        raise BackupRefused(f"{name} is not on this machine: install the package postgresql-client.")
    return found


def _environment() -> dict[str, str]:
    given = connection.settings_dict
    wanted = {f"PG{name}": given[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
    options = {f"PG{name.upper()}": given["OPTIONS"].get(name) for name in _PG_OPTIONS}
    return {**os.environ, **{name: str(value) for name, value in (wanted | options).items() if value}}
