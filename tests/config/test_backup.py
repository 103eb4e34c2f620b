"""A backup holds one moment whole while people write, comes back in an empty place, and notices one wrong byte."""

import random
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from config.backup.archive import BackupRefused, Manifest, checked, parts, written
from tools import migrated
from tools.postgres import postgres, server_binaries

from tests.config.production import ROOT, ProductionSite

pytestmark = pytest.mark.thorough

AWARD = """
from django.test import TestCase
from tests.credentials.earning import earned
from assessments.models import Attempt
print(earned().award().code)
"""
# A process of its own that answers without a pause, each answer a row; it says how many it wrote.
WRITER = """
import sys, time
import django
django.setup()
from django.utils import timezone
from post.models import Message
count = 0
print("writing", flush=True)
until = time.monotonic() + 60
while time.monotonic() < until:
    now = timezone.now()
    Message.objects.create(kind="w", language="en", text="x" * 2000, created_at=now, next_try_at=now)
    count += 1
    print(count, flush=True)
"""
COUNT = "from post.models import Message; print(Message.objects.filter(kind='w').count())"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if server_binaries() is None:
        pytest.skip("no PostgreSQL server is installed")
    with postgres() as url:
        yield url


def _site(folder: Path, kind: str, request: pytest.FixtureRequest) -> ProductionSite:
    """A site with an empty place: a folder and a database of its own."""
    if kind == "sqlite":
        return ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3")
    server = request.getfixturevalue("server")
    name = f"site_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return ProductionSite(folder, f"{server.rpartition('/')[0]}/{name}")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, ProductionSite, str, Path, tuple[int, int]]:
    """A site with a certificate, and a backup made while another process wrote rows; how many before and after."""
    folder = tmp_path_factory.mktemp(request.param)
    site = _site(folder / "var", request.param, request)
    site.migrate()
    code = site.python(AWARD).splitlines()[-1]
    backup = folder / "site.backup"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _line in range(30):
        writer.stdout.readline()
    before = int(site.python(COUNT))
    made = site.manage("backup", str(backup))
    after = int(site.python(COUNT))
    still_writing = writer.poll() is None
    writer.kill()
    writer.communicate()
    assert made.returncode == 0, made.stderr
    assert still_writing
    assert after > before
    return request.param, site, code, backup, (before, after)


def test_certificate_verifies_in_the_place_a_backup_was_restored_to(
    filled: tuple, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, site, code, backup, (before, after) = filled
    elsewhere = _site(tmp_path / "elsewhere", kind, request)

    restored = elsewhere.manage("restore", str(backup))
    verified = elsewhere.manage("verify_credential", code)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert before <= int(elsewhere.python(COUNT)) <= after
    pdfs = list((elsewhere.folder / "private").rglob("*.pdf"))
    assert [path.read_bytes() for path in pdfs] == [p.read_bytes() for p in (site.folder / "private").rglob("*.pdf")]
    assert len(pdfs) == 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in (backup, *pdfs)} == {0o600}
    assert elsewhere.manage("migrate", "--check").returncode == 0
    assert not list(tmp_path.rglob("*restoring*"))


def test_restore_into_a_place_with_something_in_it_is_refused_and_changes_nothing(filled: tuple) -> None:
    _kind, site, code, backup, _counts = filled

    refused = site.manage("restore", str(backup))

    assert refused.returncode == 1
    assert "The database is not empty, and a backup is restored to an empty place only." in refused.stderr
    assert site.manage("verify_credential", code).returncode == 0


def test_place_with_files_and_no_database_is_not_empty_either(
    filled: tuple, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, _made, _code, backup, _counts = filled
    elsewhere = _site(tmp_path / "elsewhere", kind, request)
    (elsewhere.folder / "private").mkdir()
    (elsewhere.folder / "private" / "mine.txt").write_text("mine")

    refused = elsewhere.manage("restore", str(backup))

    assert "The private files are not empty" in refused.stderr
    assert (elsewhere.folder / "private" / "mine.txt").read_text() == "mine"


def test_backup_for_the_other_kind_of_database_or_over_another_file_is_refused(
    filled: tuple, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, site, _code, backup, _counts = filled
    other = _site(tmp_path / "other", "postgres" if kind == "sqlite" else "sqlite", request)

    refused = other.manage("restore", str(backup))
    again = site.manage("backup", str(backup))

    assert "This backup was made from" in refused.stderr
    assert "is there already; a backup never replaces another." in again.stderr
    assert (refused.returncode, again.returncode) == (1, 1)


def test_flipped_byte_is_noticed_before_anything_is_written(filled: tuple, tmp_path: Path) -> None:
    _kind, _made, _code, backup, _counts = filled
    whole = bytearray(backup.read_bytes())
    places = [0, 100, 511, 512, len(whole) - 1, len(whole) - 70, len(whole) - 200]  # headers, padding, closing line
    places += random.Random(7).sample(range(len(whole)), 25)
    copy = tmp_path / "copy.backup"

    unnoticed = []
    for place in places:
        whole[place] ^= 1 << (place % 8)
        copy.write_bytes(whole)
        whole[place] ^= 1 << (place % 8)
        try:
            checked(copy)
            unnoticed.append(place)
        except BackupRefused:
            pass

    assert unnoticed == []
    assert checked(backup).parts


def test_damaged_backup_is_refused_by_the_command_in_one_sentence(
    filled: tuple, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, _made, _code, backup, _counts = filled
    copy = tmp_path / "copy.backup"
    copy.write_bytes(backup.read_bytes()[:-1])
    elsewhere = _site(tmp_path / "elsewhere", kind, request)

    refused = elsewhere.manage("restore", str(copy))

    assert (refused.returncode, refused.stderr.strip().splitlines()) == (
        1,
        [f"CommandError: {copy} is damaged, cut short, or no backup of this site. Nothing was changed."],
    )
    assert not [path for path in elsewhere.folder.rglob("*") if path.is_file() and path.stat().st_size]


# -- The archive by itself --------------------------------------------------------------------------------------


def _archive(path: Path, *, migrations: list[str] | None = None, vendor: str = "sqlite") -> None:
    content = path.with_name("content")
    content.write_bytes(b"words" * 1000)
    with written(path, Manifest("2026-11-26", vendor, migrations or [])) as archive, content.open("rb") as file:
        archive.add("private/ŵ.pdf", file, 5000)


def test_archive_is_a_tar_that_anybody_can_read(tmp_path: Path) -> None:
    path = tmp_path / "one.backup"
    _archive(path)

    with tarfile.open(path) as tar:
        names = tar.getnames()

    assert names == ["private/ŵ.pdf", "manifest.json"]
    assert [(name, content.read()) for name, content, _ in parts(path, checked(path))] == [
        ("private/ŵ.pdf", b"words" * 1000)
    ]


def test_archive_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.backup"

    with pytest.raises(ZeroDivisionError), written(path, Manifest("", "sqlite", [])):
        _ = 1 / 0

    assert list(tmp_path.iterdir()) == []


def test_backup_from_a_newer_version_is_refused_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "new.backup"
    _archive(path, migrations=["people.0999_from_the_future"])
    site = ProductionSite(tmp_path / "var", f"sqlite:///{tmp_path}/var/site.sqlite3")

    refused = site.manage("restore", str(path))

    assert "from a newer version of the site (people.0999_from_the_future is unknown here)" in refused.stderr


def test_restore_that_fails_half_way_takes_its_files_away_again(tmp_path: Path) -> None:
    path = tmp_path / "no-database.backup"
    _archive(path)  # it has a file and no database, which is noticed last
    site = ProductionSite(tmp_path / "var", f"sqlite:///{tmp_path}/var/site.sqlite3")

    refused = site.manage("restore", str(path))

    assert refused.stderr == "CommandError: This backup holds no database. Nothing was changed.\n"
    assert [one for one in site.folder.rglob("*") if one.is_file()] == []


def test_backup_to_a_folder_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    site = ProductionSite(tmp_path / "var", f"sqlite:///{tmp_path}/var/site.sqlite3")
    assert migrated.copied(site.environment["DATABASE_URL"]) or site.manage("migrate", "-v0").returncode == 0

    refused = site.manage("backup", str(tmp_path / "nowhere" / "one.backup"))

    assert "could not be written" in refused.stderr
    assert "Traceback" not in refused.stderr
