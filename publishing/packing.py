"""Putting a package down: a folder or a zip, the same bytes for the same content, whole or not at all."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from .attachments import Attachment

_CHUNK = 1 << 20
_DAY = (1980, 1, 1, 0, 0, 0)  # the first a zip can name; a package says nothing of when it was made


class CannotPut(ValueError):
    """Raised, in one sentence, for a place where no package can be put."""


def put(
    target: Path, texts: Mapping[str, str], files: Iterable[Attachment], *, check: Callable[[Path], None] | None = None
) -> None:
    """Write beside the target, let `check` look at what was written, then give it its name. Raises CannotPut."""
    refuse_place(target)
    held = {one.path: one for one in files}
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise CannotPut(f"{target} cannot be written: {error.strerror}.") from error
    try:
        made = beside / target.name
        (_as_zip if is_zip(target) else _as_folder)(made, texts, held)
        if check:
            check(made)
        os.rename(made, target)
    except OSError as error:
        raise CannotPut(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def is_zip(target: Path) -> bool:
    return target.suffix.lower() == ".zip"


def refuse_place(target: Path) -> None:
    """Nothing that is there already is written over; an empty folder may be filled."""
    with suppress(OSError):
        if target.is_symlink() or (target.exists() and (is_zip(target) or not target.is_dir())):
            raise CannotPut(f"{target} is there already. Choose another place, or take it away first.")
        if target.is_dir() and any(target.iterdir()):
            raise CannotPut(f"{target} is a folder with something in it. Choose another place, or empty it first.")
    if not target.name or not target.parent.is_dir():
        raise CannotPut(f"{target} cannot be written: the folder it would lie in does not exist.")


def _as_folder(folder: Path, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> None:
    folder.mkdir()
    for path in sorted({*texts, *files}):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path in texts:
            file.write_bytes(texts[path].encode())
        else:
            with files[path].open() as source, file.open("wb") as copy:
                shutil.copyfileobj(source, copy, _CHUNK)


def _as_zip(path: Path, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> None:
    """Stored, not compressed: what a compressor makes of the same words differs from version to version."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for name in sorted({*texts, *files}):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            if name in texts:
                archive.writestr(entry, texts[name].encode())
            else:
                with files[name].open() as source, archive.open(entry, "w", force_zip64=True) as copy:
                    shutil.copyfileobj(source, copy, _CHUNK)
