"""The stored files, public and private, wherever the settings keep them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from .archive import BackupRefused


def kept() -> dict[str, Storage]:
    """Every storage that people's files are in, by its name in STORAGES; what is collected can be collected again."""
    return {name: storages[name] for name in settings.STORAGES if name != "staticfiles"}


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of a storage, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names_in(storage, f"{folder}{name}/")


def is_empty(storage: Storage) -> bool:
    return next(names_in(storage), None) is None


class Place:
    """Where one storage's files go: a folder is filled beside its place and moved there; others are written as read."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._final = Path(storage.location) if isinstance(storage, FileSystemStorage) else None
        self._staged = self._final.with_name(f".{self._final.name}.restoring") if self._final else None
        self._written: list[str] = []
        self._moved = False

    def take(self, name: str, content: IO[bytes]) -> None:
        """Store one file. Raises BackupRefused if a storage that is no folder would not keep its name."""
        if self._staged is None:
            stored = self.storage.save(name, File(content, name=name))
            self._written.append(stored)
            if stored != name:
                raise BackupRefused(f"The storage would keep {name} as {stored}: is it empty?")
            return
        target = self._staged / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        target.chmod(getattr(self.storage, "file_permissions_mode", None) or 0o644)

    def move(self) -> None:
        """Put a filled folder where it belongs."""
        if self._staged is None or self._final is None or not self._staged.exists():
            return
        for folder in sorted(self._final.rglob("*"), reverse=True) if self._final.exists() else ():
            folder.rmdir()  # only empty ones are left, or this would not have begun
        with suppress(FileNotFoundError):
            self._final.rmdir()
        os.replace(self._staged, self._final)
        self._moved = True

    def undo(self) -> None:
        """Take away what was written, after a restore that could not end."""
        for folder in (self._staged, self._final if self._moved else None):
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
        for name in self._written:
            with suppress(Exception):
                self.storage.delete(name)
