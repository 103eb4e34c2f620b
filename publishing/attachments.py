"""The films and pictures of a package: never read into memory, only measured, and opened when they are written."""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.storage import Storage

from .faults import BadContent, Fault

SUFFIXES = {".mp4", ".webm", ".jpg", ".png", ".webp"}
MAX_FILE_BYTES = 200_000_000
MAX_TOTAL_BYTES = 1_000_000_000
MAX_FILES = 500
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Attachment:
    """A file of a package that is no text. `digest` is SHA-256 of its content."""

    path: str
    size: int
    digest: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


def stored(path: str, file: Any, digest: str) -> Attachment:
    """A file of the site's stores under the path it takes in a package."""
    return Attachment(path, file.size, digest, partial(_opened_in_store, file.storage, file.name))


def _opened_in_store(storage: Storage, name: str) -> IO[bytes]:
    opened: IO[bytes] = storage.open(name, "rb")
    return opened


def read_attachments(package: Path) -> dict[str, Attachment]:
    """Every film and picture of a folder or zip by its path inside it. Raises BadContent."""
    try:
        found = list(_in_folder(package) if package.is_dir() else _in_zip(package))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError) as error:
        raise BadContent([Fault(str(package), 0, "is a damaged, encrypted or unusual zip file.")]) from error
    if len(found) > MAX_FILES or sum(one.size for one in found) > MAX_TOTAL_BYTES:
        raise BadContent([Fault(str(package), 0, "holds too many films and pictures (500 files or 1 GB at most).")])
    return {one.path: one for one in found}


def _in_folder(folder: Path) -> Iterator[Attachment]:
    root = folder.resolve()
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root).as_posix()
        if not _is_wanted(inside) or not file.is_file():
            continue
        if root not in file.resolve().parents:
            raise BadContent([Fault(inside, 0, "points outside the package.")])
        yield _measured(inside, file.stat().st_size, partial(_opened, file))


def _in_zip(path: Path) -> Iterator[Attachment]:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    for entry in entries:
        name = PurePosixPath(entry.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in entry.filename:
            raise BadContent([Fault(entry.filename, 0, "has a path that leads out of the package.")])
        if entry.is_dir() or not _is_wanted(entry.filename):
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadContent([Fault(entry.filename, 0, "is a link; a package holds files only.")])
        yield _measured(entry.filename, entry.file_size, partial(_ZipMember, path, entry.filename))


def _opened(file: Path) -> IO[bytes]:
    return file.open("rb")


class _ZipMember(AbstractContextManager[IO[bytes]]):
    """A file inside a zip, opened for as long as it is read."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name

    def __enter__(self) -> IO[bytes]:
        self._archive = zipfile.ZipFile(self._path)
        return self._archive.open(self._name)

    def __exit__(self, *args: object) -> None:
        self._archive.close()


def _is_wanted(inside: str) -> bool:
    path = PurePosixPath(inside)
    return path.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in path.parts)


def _measured(inside: str, size: int, opening: Callable[[], AbstractContextManager[IO[bytes]]]) -> Attachment:
    """Its digest, read in pieces; the size it says is not believed beyond the limit."""
    digest, seen = sha256(), 0
    if size <= MAX_FILE_BYTES:
        with opening() as stream:
            while (chunk := stream.read(_CHUNK)) and seen <= MAX_FILE_BYTES:
                digest.update(chunk)
                seen += len(chunk)
    if max(size, seen) > MAX_FILE_BYTES:
        raise BadContent([Fault(inside, 0, "is larger than 200 MB.")])
    return Attachment(inside, seen, digest.hexdigest(), opening)
