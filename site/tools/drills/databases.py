"""A filled site for each drill: prepared once for each kind of database as `make run` does it, then copied."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools import migrated
from tools.steps import ROOT

OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "PORT", "SAMPLES", "VAR_DIR"}
_PREPARE = "from tools import run; run.prepare(samples=True)"


class Site:
    """The folder and database a drill works on; `prepare` fills it, `copy` gives a drill one of its own."""

    def __init__(self, folder: Path, server: str = "", name: str = "") -> None:
        self.folder, self.server, self.name = folder, server, name

    @property
    def environment(self) -> Mapping[str, str]:
        """What every program of a drill needs to find this site."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        url = (
            f"{self.server.rpartition('/')[0]}/{self.name}" if self.server else f"sqlite:///{self.folder}/site.sqlite3"
        )
        paths = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
        return kept | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": paths,
            "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(self.folder),
        }

    def prepare(self) -> None:
        """Migrate, load the content and make the sample people."""
        self.folder.mkdir(parents=True)
        if not migrated.copied(self.environment["DATABASE_URL"], server=self.server) and self.server:
            self._on_server(f'CREATE DATABASE "{self.name}"')
        command = [sys.executable, "-c", _PREPARE]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"The drills' database could not be prepared: {done.stdout}{done.stderr}")

    def copy(self, name: str) -> "Site":
        """The same site once more, under a name of its own."""
        other = Site(self.folder.parent / name, self.server, f"{self.name}_{name}" if self.server else "")
        shutil.copytree(self.folder, other.folder)
        if self.server:
            self._on_server(f'CREATE DATABASE "{other.name}" TEMPLATE "{self.name}"')
            self._on_server("CHECKPOINT")  # what the drill kills should not have our copying to do again
        return other

    def recover_quickly(self) -> None:
        """Let a PostgreSQL of our own sync its files after a kill by one call, not each (from PostgreSQL 14, Linux)."""
        self._on_server("ALTER SYSTEM SET recovery_init_sync_method = 'syncfs'")
        self._on_server("SELECT pg_reload_conf()")

    def remove(self) -> None:
        """Drop the database and the folder."""
        if self.server:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)
