"""The archive: an ordinary tar, then one line with the digest of every byte before it.

Each part's digest stands in the manifest, which is the last part. The closing line covers what those do not: a tar's
own headers and padding. Any tar program can read an archive; it stops before the line.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
_CLOSING = b"learning-together backup, sha256 "
_CLOSING_BYTES = len(_CLOSING) + 64 + 1
_CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """Raised when a backup cannot be made or restored; one sentence for whoever typed the command."""


@dataclass
class Manifest:
    """What an archive holds. `migrations` are those its database had; `parts` maps each part to its SHA-256."""

    made_at: str
    vendor: str
    migrations: list[str]
    parts: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class _Digesting:
    """Passes bytes on, to or from a file, and keeps their digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


class Writing:
    """An archive being written."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar, self._manifest = tar, manifest

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """One part of this many bytes."""
        part = tarfile.TarInfo(name)
        part.size, part.mode = size, 0o600
        read = _Digesting(content)
        self._tar.addfile(part, read)  # type: ignore[arg-type]
        self._manifest.parts[name] = read.digest.hexdigest()


@contextmanager
def written(path: Path, manifest: Manifest) -> Iterator[Writing]:
    """A new archive that only its owner may read, under its name once it is whole and on the disk, or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            digesting = _Digesting(file)
            with tarfile.open(fileobj=digesting, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                writing = Writing(tar, manifest)
                yield writing
                _add_manifest(tar, manifest)
            file.write(_CLOSING + digesting.digest.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, path)  # unlike a rename, this never replaces a file that came meanwhile
    finally:
        partial.unlink(missing_ok=True)


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    content = json.dumps(asdict(manifest), indent=1).encode()
    part = tarfile.TarInfo(MANIFEST)
    part.size, part.mode = len(content), 0o600
    tar.addfile(part, io.BytesIO(content))


def checked(path: Path) -> Manifest:
    """Read every byte of an archive and answer with its manifest. Raises BackupRefused if one of them is wrong."""
    try:
        _check_digest(path)
        with tarfile.open(path, "r:") as tar:
            found = tar.extractfile(MANIFEST)
            facts: dict[str, Any] = json.loads(found.read()) if found else {}
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror or error}.") from error
    if facts.get("format") != FORMAT:
        raise BackupRefused(f"{path} was made by a newer version of the site: update the site first.")
    return Manifest(**facts)


def _check_digest(path: Path) -> None:
    size = path.stat().st_size
    left, digest = size - _CLOSING_BYTES, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        closing = file.read()
    if closing != _CLOSING + digest.hexdigest().encode() + b"\n":
        raise BackupRefused(f"{path} is damaged, cut short, or no backup of this site. Nothing was changed.")


def parts(path: Path, manifest: Manifest) -> Iterator[tuple[str, IO[bytes], int]]:
    """Each part but the manifest: its name, content and size. Raises BackupRefused for one that is not as promised."""
    with tarfile.open(path, "r:") as tar:
        for part in tar:
            if part.name == MANIFEST:
                continue
            content = tar.extractfile(part) if part.isfile() else None
            if content is None or ".." in PurePosixPath(part.name).parts or part.name.startswith("/"):
                raise BackupRefused(f"{path} holds {part.name}, which no backup of this site would.")
            read = _Digesting(content)
            yield part.name, read, part.size  # type: ignore[misc]
            if read.digest.hexdigest() != manifest.parts.get(part.name):
                raise BackupRefused(f"{path} is damaged at {part.name}. Nothing was changed.")
