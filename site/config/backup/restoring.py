"""Restoring a backup into an empty place: everything is checked, then everything is staged, then it is moved."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from . import databases, files
from .archive import DATABASE, BackupRefused, Manifest, checked, parts


def restore_backup(path: Path) -> Manifest:
    """Fill the empty database and storages of this site's settings from an archive.

    Raises BackupRefused if the archive is damaged or newer, the place is not empty, or the disk is too small; whatever
    was written is taken away again.
    """
    manifest = checked(path)
    _refuse_strange(manifest)
    _refuse_filled()
    folder = databases.staging_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as scratch:
            _restore(path, manifest, Path(scratch) / DATABASE)
    except OSError as error:
        raise BackupRefused(f"The backup could not be restored: {error.strerror or error}.") from error
    except DatabaseError as error:
        raise BackupRefused(f"The database cannot be used: {error}") from error
    return manifest


def _refuse_strange(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        made_on, set_to = (databases.NAMES.get(name, name) for name in (manifest.vendor, connection.vendor))
        raise BackupRefused(f"This backup was made from {made_on} and the site is set to {set_to}: see DATABASE_URL.")
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {one for migration in loader.disk_migrations.values() for one in migration.replaces}
    known = {f"{app}.{name}" for app, name in [*loader.disk_migrations, *replaced]}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupRefused(f"This backup is from a newer version of the site ({unknown[0]} is unknown here): update.")


def _refuse_filled() -> None:
    if not databases.is_empty():
        raise BackupRefused("The database is not empty, and a backup is restored to an empty place only.")
    for alias, storage in files.kept().items():
        if not files.is_empty(storage):
            raise BackupRefused(f"The {alias} files are not empty, and a backup is restored to an empty place only.")


def _restore(path: Path, manifest: Manifest, staged: Path) -> None:
    places = {alias: files.Place(storage) for alias, storage in files.kept().items()}
    try:
        for name, content, _size in parts(path, manifest):
            _take(name, content, staged, places)
        databases.check(staged)
        for place in places.values():
            place.move()
        databases.load(staged)
    except BaseException:
        for place in places.values():
            place.undo()
        raise


def _take(name: str, content: IO[bytes], staged: Path, places: dict[str, files.Place]) -> None:
    if name == DATABASE:
        with staged.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            shutil.copyfileobj(content, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        return
    alias, _slash, rest = name.partition("/")
    if alias not in places:
        raise BackupRefused(f"This backup holds {alias} files, and the settings know no place for them.")
    places[alias].take(rest, content)
