"""A package of content files: a folder or a zip, read into memory with limits and nothing unpacked to disk."""

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from .faults import BadContent, Fault

MAX_FILES = 5_000
MAX_FILE_BYTES = 1_000_000
MAX_TOTAL_BYTES = 50_000_000
SUFFIXES = {".md", ".yaml", ".vtt", ".srt"}
_NOT_CONTENT = {"README.md", "LICENCE.md"}


def read_package(path: Path) -> dict[str, str]:
    """Text of each content file by its path inside the package. Raises BadContent."""
    if path.is_dir():
        return _read_folder(path)
    if zipfile.is_zipfile(path):
        try:
            return _read_zip(path)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError) as error:
            raise BadContent([Fault(str(path), 0, "is a damaged, encrypted or unusual zip file.")]) from error
    raise BadContent([Fault(str(path), 0, "is neither a folder nor a zip file.")])


def _read_folder(folder: Path) -> dict[str, str]:
    root = folder.resolve()
    texts: dict[str, str] = {}
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root).as_posix()
        if not _is_content(inside) or not file.is_file():
            continue
        if root not in file.resolve().parents:
            raise BadContent([Fault(inside, 0, "points outside the package.")])
        _check_size(inside, file.stat().st_size, len(texts), 0)
        texts[inside] = _decode(inside, file.read_bytes())
    return _not_empty(str(folder), texts)


def _read_zip(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    total = 0
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            inside = PurePosixPath(entry.filename)
            if inside.is_absolute() or ".." in inside.parts or "\\" in entry.filename:
                raise BadContent([Fault(entry.filename, 0, "has a path that leads out of the package.")])
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise BadContent([Fault(entry.filename, 0, "is a link; a package holds files only.")])
            if entry.is_dir() or not _is_content(entry.filename):
                continue
            total += entry.file_size
            _check_size(entry.filename, entry.file_size, len(texts), total)
            with archive.open(entry) as stream:
                content = stream.read(MAX_FILE_BYTES + 1)
            _check_size(entry.filename, len(content), len(texts), total)
            texts[entry.filename] = _decode(entry.filename, content)
    return _not_empty(str(path), texts)


def _is_content(inside: str) -> bool:
    path = PurePosixPath(inside)
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix in SUFFIXES and path.name not in _NOT_CONTENT and not hidden


def _check_size(inside: str, size: int, count: int, total: int) -> None:
    if size > MAX_FILE_BYTES:
        raise BadContent([Fault(inside, 0, "is larger than 1 MB; a content file is text.")])
    if count >= MAX_FILES or total > MAX_TOTAL_BYTES:
        raise BadContent([Fault(inside, 0, "makes the package too large (5,000 files or 50 MB at most).")])


def _decode(inside: str, content: bytes) -> str:
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadContent([Fault(inside, line, "is not UTF-8 text.")]) from error


def _not_empty(path: str, texts: dict[str, str]) -> dict[str, str]:
    if not texts:
        raise BadContent([Fault(path, 0, "holds no content files (.md or .yaml).")])
    return texts
