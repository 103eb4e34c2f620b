"""The disk is full, the database is locked or gone: people are told the truth, nothing is half-written, it passes."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from config.outages import bad_request, is_outage, server_error
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from tools.postgres import identity, postgres, server_binaries, unprivileged_user

from tests.config.production import ProductionSite, Visitor

SEED = """
import json
from django.utils import timezone
from enrolments.attempts import begin_attempt
from tests.enrolments.doings import answer, read
from tests.factories import achievement, cohort, enrolment, people, taught_course
from tools.drills.people import sign_in
taught, cast, now = taught_course(), people(), timezone.now()
achievement(taught.course)
run = enrolment(cast.amina, cohort(taught.course))
read(run, *taught.lessons, at=now)
attempt = begin_attempt(run, taught.assessment, language="en", at=now)
answer(attempt, right=7, at=now)
print(json.dumps([sign_in(cast.amina), f"/attempt/{attempt.uuid}/"]))
"""
# What a half-written hand-in, award or message would leave: everything is counted.
COUNTS = """
from assessments.models import Draft, Response, Result, Score
from credentials.models import Credential
from post.models import Message
print([model.objects.count() for model in (Draft, Response, Score, Result, Credential, Message)])
"""
BEFORE, AFTER = "[8, 0, 0, 0, 0, 0]", "[8, 8, 8, 1, 1, 1]"
NOT_SAVED, NOT_SHOWN = "That was not saved", "We cannot show this page just now"


def told(answer: Any) -> tuple[int, bool, bool, bool]:
    """What a person got: the status, whether it says not saved, whether it is our page, whether it says when to ask."""
    ours = "/static/css/site.css" in answer.text and "call <a href=" in answer.text
    return answer.status, NOT_SAVED in answer.text, ours, answer.headers.get("Retry-After") == "30"


TOLD = (503, True, True, True)


def learner(site: ProductionSite) -> tuple[Visitor, str]:
    """Amina, signed in before her last page, all eight questions answered; and where her attempt is."""
    import json

    session, attempt = json.loads(site.python(SEED).splitlines()[-1])
    visitor = Visitor(site, cookies={"sessionid": session})
    return visitor, attempt


# -- Which faults are outages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (OperationalError("database is locked"), True),
        (OperationalError("database or disk is full"), True),
        (OperationalError("disk I/O error"), True),
        (OperationalError("unable to open database file"), True),
        (InterfaceError("connection already closed"), True),
        (OSError(28, "No space left on device"), True),
        (OSError(30, "Read-only file system"), True),
        (OSError(2, "No such file"), False),
        (ValueError("locked"), False),
        (None, False),
    ],
)
def test_outage_is_told_from_a_fault_of_ours(error: BaseException | None, is_one: bool) -> None:
    assert is_outage(error) is is_one


def test_missing_table_is_a_fault_of_ours_on_sqlite_only(settings: Any) -> None:
    from django.db import connection

    missing = OperationalError("no such table: people_user")

    assert is_outage(missing) is (connection.vendor != "sqlite")


def test_outage_behind_another_error_is_seen() -> None:
    try:
        try:
            raise OperationalError("database is locked")
        except OperationalError as first:
            raise BadRequest("The request's session was deleted") from first
    except BadRequest as error:
        answer = bad_request(RequestFactory().post("/"), error)

    assert answer.status_code == 503


def test_any_other_fault_is_answered_as_ever() -> None:
    try:
        raise ValueError
    except ValueError:
        fault = server_error(RequestFactory().get("/"))
    wrong = bad_request(RequestFactory().get("/"), BadRequest("x"))

    assert (fault.status_code, wrong.status_code) == (500, 400)


def test_script_that_saves_on_its_own_is_told_in_one_sentence() -> None:
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        answer = server_error(RequestFactory().post("/", headers={"Accept": "application/json"}))

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert b"Not saved" in answer.content


# -- With real servers ------------------------------------------------------------------------------------------


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Another program writes to the file and does not end."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.thorough
def test_sqlite_held_by_another_program(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    site = ProductionSite(folder, f"sqlite:///{folder}/site.sqlite3?timeout=1")
    site.prepare()
    with site.running():
        amina, attempt = learner(site)
        page = amina.get(f"{attempt}check/")
        stranger = Visitor(site)
        stranger.get("/account/login/")
        with held(folder / "site.sqlite3"):
            reading = amina.get(f"{attempt}check/").status
            handing_in = told(amina.post(f"{attempt}hand-in/", {}))
            saving = told(amina.post(f"{attempt}1/save/", {"q1": "1", "sequence": "9"}))
            signing_in = told(stranger.post("/account/login/", {"login": "amina@example.org", "password": "x"}))
            counted = site.python(COUNTS)
        again = amina.post(f"{attempt}hand-in/", {})
        result = amina.get(again.headers["Location"])

    assert (page.status, reading, counted) == (200, 200, BEFORE)
    assert (handing_in, saving, signing_in) == (TOLD, TOLD, TOLD)
    assert (again.status, result.status, site.python(COUNTS)) == (302, 200, AFTER)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of this size at the folder; only root may have one."""
    folder.mkdir(parents=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "lt-drill", str(folder)], check=False)
    if done.returncode != 0:
        pytest.skip("only root may make a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Not one byte is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return filler


def once_looked_anew(site: ProductionSite, address: str, wanted: int) -> int:
    """The status there, which may be some seconds old (config/health.py): asked again until it is the one wanted."""
    until = monotonic() + 10
    while (status := Visitor(site).get(address).status) != wanted and monotonic() < until:
        sleep(0.5)
    return status


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux may make a small disk")
def test_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, 64):
        site = ProductionSite(folder / "var", f"sqlite:///{folder}/var/site.sqlite3", DISK_FREE_MB="1")
        site.prepare()
        with site.running():
            amina, attempt = learner(site)
            amina.get(f"{attempt}check/")
            before = Visitor(site).get("/readyz?only=database,disk").status
            filler = fill(folder)
            handing_in = told(amina.post(f"{attempt}hand-in/", {}))
            reading = amina.get(f"{attempt}check/").status
            backup = site.manage("backup", str(folder / "one.backup"))
            full = once_looked_anew(site, "/readyz?only=database,disk", 503)
            left = sorted(path.name for path in folder.iterdir())
            filler.unlink()
            counted = site.python(COUNTS)
            again = amina.post(f"{attempt}hand-in/", {})
            result = amina.get(again.headers["Location"])
        after = site.python(COUNTS)
        with sqlite3.connect(folder / "var" / "site.sqlite3") as file:
            sound = file.execute("PRAGMA integrity_check").fetchone()[0]

    assert (before, handing_in, reading, full, counted) == (200, TOLD, 200, 503, BEFORE)
    assert (backup.returncode, "Traceback" in backup.stderr, left) == (1, False, ["filler", "var", "var.log"])
    assert (again.status, result.status, after, sound) == (302, 200, AFTER, "ok")


class OwnPostgres:
    """A throw-away server that a test stops and starts."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT pg_backend_pid(), current_setting('data_directory')").fetchone()
            port = connection.execute("SHOW port").fetchone()
        assert row
        assert port
        self.data, self.port = Path(row[1]), port[0]

    def stop(self) -> None:
        self._ctl("stop", "-m", "fast")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.data.parent} -c listen_addresses=127.0.0.1"
        self._ctl("start", "-l", str(self.data / "restarted.log"), "-o", options)

    def _ctl(self, *arguments: str) -> None:
        program = server_binaries()
        assert program
        command = [str(program / "pg_ctl"), "-D", str(self.data), "-w", *arguments]
        who = identity(unprivileged_user())
        subprocess.run(command, cwd=self.data.parent, check=True, capture_output=True, **who)


@pytest.mark.thorough
@pytest.mark.skipif(
    server_binaries() is None or bool(os.environ.get("TEST_DATABASE_URL")), reason="no server of our own to stop"
)
def test_postgresql_stopped_and_started_again(tmp_path: Path) -> None:
    with postgres() as url:
        server = OwnPostgres(url)
        site = ProductionSite(tmp_path / "var", url)
        site.prepare()
        try:
            with site.running():
                amina, attempt = learner(site)
                amina.get(f"{attempt}check/")
                server.stop()
                handing_in = told(amina.post(f"{attempt}hand-in/", {}))
                reading = amina.get(f"{attempt}check/")
                ready = Visitor(site).get("/readyz?only=database").status
                alive = Visitor(site).get("/healthz").status
                server.start()
                counted = site.python(COUNTS)
                again = amina.post(f"{attempt}hand-in/", {})
                result = amina.get(again.headers["Location"])
            after = site.python(COUNTS)
        finally:
            with suppress(subprocess.CalledProcessError):
                server.stop()

    assert (handing_in, ready, alive, counted) == (TOLD, 503, 200, BEFORE)
    assert (reading.status, NOT_SHOWN in reading.text, NOT_SAVED in reading.text) == (503, True, False)
    assert (again.status, result.status, after) == (302, 200, AFTER)
    assert all(isinstance(line["at"], str) for line in site.lines())
