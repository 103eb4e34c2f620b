"""A database with every migration run, made once and copied wherever the tests need one.

The migrations take a third of a minute, and a whole run of the tests needs half a dozen databases. They are run for
real, from nothing, once on SQLite and once on PostgreSQL; whoever finds MIGRATED_DATABASE_URL in the environment (one
address of each kind, a blank between them) copies what came of it, and whoever does not (pytest called by itself)
migrates as ever.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import uuid4

from tools.postgres import server_binaries
from tools.steps import ROOT, python

VARIABLE = "MIGRATED_DATABASE_URL"
_FILE = "sqlite:///"


class Migrating:
    """Migrations running in a process of their own while other steps go on."""

    def __init__(self, name: str, url: str, environment: Mapping[str, str]) -> None:
        self.name, self.url = name, url
        self._started_at = monotonic()
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": url}
        command = python("manage.py", "migrate", "--verbosity", "0", "--no-input")
        self._process = subprocess.Popen(command, cwd=ROOT, env={**environment, **settings}, stdin=subprocess.DEVNULL)

    def ended_well(self) -> bool:
        """Wait for the end, print how long it took, and answer whether every migration ran."""
        good = self._process.wait() == 0
        took = monotonic() - self._started_at
        print(f"{'migrations, ' + self.name:<20}{took:>6.1f} s{'' if good else '   failed'}", flush=True)
        return good

    def end(self) -> None:
        """Stop it if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@contextmanager
def migrating_sqlite(scratch: str, environment: Mapping[str, str]) -> Iterator[Migrating]:
    """Migrations on a new file in the folder."""
    with _ended(Migrating("SQLite", f"{_FILE}{Path(scratch) / 'migrated.sqlite3'}", environment)) as migrating:
        yield migrating


@contextmanager
def migrating_postgres(server: str, environment: Mapping[str, str]) -> Iterator[Migrating]:
    """Migrations on a new database of the server at this DATABASE_URL, dropped at the end."""
    url = f"{server.rpartition('/')[0]}/migrated_{uuid4().hex[:8]}"
    _make(url, server=server)
    try:
        with _ended(Migrating("PostgreSQL", url, environment)) as migrating:
            yield migrating
    finally:
        drop(url, server=server)


@contextmanager
def _ended(migrating: Migrating) -> Iterator[Migrating]:
    try:
        yield migrating
    finally:
        migrating.end()


def copied(url: str, *, server: str = "") -> bool:
    """Make the database at `url` as a copy of the migrated one; False if there is none of its kind.

    `server` is the address of another database on the same PostgreSQL, to give the order from.
    """
    template = _template(url)
    if not template:
        return False
    if url.startswith(_FILE):
        shutil.copyfile(template.removeprefix(_FILE), url.removeprefix(_FILE))
    elif template.rpartition("/")[0] == url.rpartition("/")[0]:
        _make(url, server=server, template=template.rpartition("/")[2])
    else:
        _make(url, server=server)
        read_in(url)
    return True


def read_in(url: str) -> bool:
    """Read the tables of the migrated PostgreSQL database into the empty one at `url`, on whichever server it is.

    False if there is none to read.
    """
    template, programs = _template(url), server_binaries()
    if not template or programs is None:
        return False
    dumped = subprocess.run([programs / "pg_dump", "--no-owner", template], stdout=subprocess.PIPE, check=True)
    reading = [str(programs / "psql"), "--quiet", "--set", "ON_ERROR_STOP=1", url]
    subprocess.run(reading, input=dumped.stdout, stdout=subprocess.DEVNULL, check=True)
    return True


def _template(url: str) -> str:
    """The migrated database of the same kind as this one, or nothing."""
    of_its_kind = (
        one for one in os.environ.get(VARIABLE, "").split() if one.startswith(_FILE) == url.startswith(_FILE)
    )
    return next(of_its_kind, "")


def drop(url: str, *, server: str) -> None:
    """Take a PostgreSQL database away, whoever is still connected."""
    _order(server, f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')


def _make(url: str, *, server: str, template: str = "template1") -> None:
    _order(server, f'CREATE DATABASE "{url.rpartition("/")[2]}" TEMPLATE "{template}"')


def _order(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
