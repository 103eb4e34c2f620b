"""A file is there whole or not at all, also when there is no room for it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from toolkit.object_storage import PrivateObjects
from toolkit.whole_files import WholeFiles

LONG = b"x" * 200_000


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """The kernel lets this process write no file beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_file_that_has_no_room_leaves_nothing(tmp_path: Path) -> None:
    folder = WholeFiles(location=tmp_path)

    with no_file_beyond(100_000), pytest.raises(OSError, match="File too large"):
        folder.save("papers/one.pdf", ContentFile(LONG))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert folder.save("papers/one.pdf", ContentFile(LONG)) == "papers/one.pdf"


def test_name_that_is_taken_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    folder = WholeFiles(location=tmp_path, file_permissions_mode=0o600)
    (tmp_path / "one.pdf").write_bytes(b"theirs")

    name = folder._save("one.pdf", ContentFile(b"ours"))

    assert ((tmp_path / "one.pdf").read_bytes(), (tmp_path / name).read_bytes()) == (b"theirs", b"ours")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["one.pdf", name])
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["default", "private"])
def test_what_people_give_and_what_the_site_makes_is_kept_so(kind: str) -> None:
    assert isinstance(storages[kind], (WholeFiles, PrivateObjects))
