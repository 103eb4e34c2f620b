"""Making a backup while people go on writing."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from . import databases, files
from .archive import DATABASE, BackupRefused, Manifest, Writing, written


def make_backup(path: Path, *, at: datetime) -> Manifest:
    """Write database and files to a new archive. Raises BackupRefused; nothing is left then.

    The database first: a file is stored before the row that names it, so every row copied has its file. Files stored
    after that moment come along and do no harm.
    """
    if path.exists():
        raise BackupRefused(f"{path} is there already; a backup never replaces another.")
    try:
        manifest = Manifest(at.isoformat(), connection.vendor, _migrations())
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as scratch:
            copy = Path(scratch) / DATABASE
            databases.dump(copy)
            with written(path, manifest) as archive:
                with copy.open("rb") as content:
                    archive.add(DATABASE, content, copy.stat().st_size)
                copy.unlink()
                _add_files(archive)
    except DatabaseError as error:
        raise BackupRefused(f"The database cannot be read: {error}") from error
    except OSError as error:
        raise BackupRefused(f"The backup could not be written to {path}: {error.strerror or error}.") from error
    return manifest


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _add_files(archive: Writing) -> None:
    """One that is taken away between listing and reading is left out: whoever deleted it meant to."""
    for alias, storage in files.kept().items():
        for name in files.names_in(storage):
            try:
                content = storage.open(name, "rb")
            except FileNotFoundError:
                continue
            with content:
                archive.add(f"{alias}/{name}", content, content.size)
