"""A disk that is really full: a small one of its own where root may have it, otherwise files that cannot grow."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools.drills.programs import family

SPARE_BYTES = 32 * 2**20  # beside what is on it
PAGE_BYTES = 4096


def may_have_its_own() -> bool:
    """Whether a small disk can be mounted here."""
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def moved_to_a_small_disk(folder: Path) -> Iterator[Path]:
    """A copy of the folder, on a disk with a little room beside it; without root, the folder itself."""
    if not may_have_its_own():
        yield folder
        return
    disk = folder.with_name(f"{folder.name}-disk")
    disk.mkdir()
    bytes_there = sum(file.stat().st_size + PAGE_BYTES for file in folder.rglob("*") if file.is_file())
    size = f"size={bytes_there + SPARE_BYTES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "lt-drill", str(disk)], check=True)
    try:
        shutil.copytree(folder, disk, dirs_exist_ok=True)
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
        disk.rmdir()


@contextmanager
def full(folder: Path) -> Iterator[str]:
    """Not one byte more can be written there by what this process has started; gives how in words."""
    if may_have_its_own():
        filler = folder / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * PAGE_BYTES)
        try:
            yield f"a disk of its own, {shutil.disk_usage(folder).free} bytes left"
        finally:
            filler.unlink()
        return
    programs = list(family(os.getpid()))
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in programs}
    try:
        for pid, (_soft, most) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (PAGE_BYTES, most))
        yield f"{len(programs)} programs that may write no file beyond {PAGE_BYTES} bytes"
    finally:
        for pid, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
