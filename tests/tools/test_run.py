"""`make run` as the real program: what it refuses, what it starts again, and that it leaves nothing behind."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from tools import migrated

from tests.tools.running_site import RUN, RunningSite, clean_environment

pytestmark = pytest.mark.thorough

DATABASE = "learning-together.sqlite3"


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run the runner to its end, which comes soon if it refuses."""
    environment = clean_environment(**environment)
    return subprocess.run(RUN, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var folder of this process whose database is ready: the first process fills it, the others copy it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "prepared").exists():
            fill(shared / "filling")
            (shared / "filling").rename(shared / "prepared")
    return Path(shutil.copytree(shared / "prepared", tmp_path_factory.mktemp("of-this-process") / "var"))


def fill(var: Path) -> None:
    """Start and stop the site once, on a copy of the migrated database where there is one."""
    var.mkdir()
    url = f"sqlite:///{var / DATABASE}"
    migrated.copied(url)
    site = RunningSite(var, url)
    site.start()
    site.stop()


@pytest.fixture
def site(prepared_var: Path) -> Iterator[RunningSite]:
    """The site, running on the prepared database."""
    site = RunningSite(prepared_var, f"sqlite:///{prepared_var / DATABASE}")
    site.start()
    yield site
    site.stop(signal.SIGTERM)


def test_taken_port_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])

        done = run(PORT=port, VAR_DIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (
        1,
        f"Port {port} is taken by another program: choose another with PORT=8123.\n",
    )


@pytest.mark.parametrize("port", ["eight", "65536", "-1"])
def test_port_that_is_none_is_refused_in_one_sentence(tmp_path: Path, port: str) -> None:
    done = run(PORT=port, VAR_DIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (
        1,
        f"PORT is '{port}', which is no port: give a number from 1 to 65535.\n",
    )


def test_unwritable_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder can be made below a file, not even by root")

    done = run(PORT="0", VAR_DIR=str(tmp_path / "file" / "var"))

    assert (done.returncode, done.stderr) == (
        1,
        f"Cannot write to {tmp_path}/file/var: Not a directory; set VAR_DIR to another folder.\n",
    )


def test_database_from_a_newer_version_is_refused_and_left_as_it_was(prepared_var: Path, tmp_path: Path) -> None:
    newer = tmp_path / DATABASE
    shutil.copy(prepared_var / DATABASE, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('courses', '9999_later', '')")

    done = run(PORT="0", VAR_DIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (
        1,
        f"The database {newer} is from a newer version of the site (courses.9999_later is unknown here): "
        "update the site, or name another folder with VAR_DIR.\n",
    )


def test_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("not a database " * 100)

    done = run(PORT="0", VAR_DIR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr == f"The database {tmp_path / DATABASE} cannot be used: file is not a database.\n"


def test_interrupt_ends_everything_within_five_seconds(prepared_var: Path) -> None:
    site = RunningSite(prepared_var, f"sqlite:///{prepared_var / DATABASE}")
    site.start()  # deaf to INT, as a shell script's background programs begin
    started = descendants(site.pid)

    asked_at = monotonic()
    status = site.stop(signal.SIGINT)
    took = monotonic() - asked_at

    assert status == 0
    assert len(started) >= 4
    assert [pid for pid in started if is_alive(pid)] == []
    assert took < 5
    assert not answers(site.address)


def test_killed_runner_takes_what_it_started_with_it(site: RunningSite) -> None:
    started = descendants(site.pid)

    os.kill(site.pid, signal.SIGKILL)

    wait_until(lambda: not any(is_alive(pid) for pid in started), seconds=5)


@pytest.mark.parametrize("words", ["gunicorn", "qcluster"])
def test_killed_program_is_back_within_five_seconds(site: RunningSite, words: str) -> None:
    killed = [pid for pid in children(site.pid) if words in command_line(pid)]
    group = [pid for pid in descendants(site.pid) if pid in killed or parent(pid) in killed]

    for pid in killed:
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: any(words in command_line(pid) for pid in set(children(site.pid)) - set(killed)), seconds=5)
    wait_until(lambda: answers(site.address), seconds=5)
    wait_until(lambda: not any(is_alive(pid) for pid in group), seconds=5)
    assert len(killed) == 1


def answers(address: str) -> bool:
    """Whether the home page answers 200 within a second."""
    try:
        with urllib.request.urlopen(f"{address}/", timeout=1) as response:
            return response.status == 200
    except OSError:
        return False


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> None:
    """Ask again and again; fails if it is not so in time."""
    until = monotonic() + seconds
    while not is_so():
        assert monotonic() < until, f"not so after {seconds} seconds"
        sleep(0.05)


def stat_fields(pid: int) -> list[str]:
    """State, parent and so on of a process, from /proc; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    fields = stat_fields(pid)
    return bool(fields) and fields[0] not in "ZX"


def parent(pid: int) -> int:
    """The process's parent, or 0."""
    fields = stat_fields(pid)
    return int(fields[1]) if fields else 0


def children(pid: int) -> list[int]:
    """The processes that this one started and that still run."""
    found = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [child for child in found if parent(child) == pid and is_alive(child)]


def descendants(pid: int) -> list[int]:
    """Children, their children and so on."""
    return [found for child in children(pid) for found in [child, *descendants(child)]]


def command_line(pid: int) -> str:
    """The words a process was started with; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
