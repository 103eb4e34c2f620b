"""A PostgreSQL server for tests and measurements: TEST_DATABASE_URL, or one made for the occasion and thrown away."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tools.bootstrap import RefusalError
from tools.steps import find_program

USER = "learning"
DATABASE = "learning_together"
START_SECONDS = 30.0
_FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a server where databases may be made: the one given, or a throw-away one.

    `durable` keeps fsync on, for measurements that must pay for it. Raises RefusalError if no server is installed.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
    else:
        with throwaway_cluster(durable=durable) as url:
            yield url


def server_binaries() -> Path | None:
    """The folder with initdb and postgres: the newest of Debian's, which are not on PATH, or the one on PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    found = find_program(["initdb"])
    for folder in [*newest_first, *([found.resolve().parent] if found else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[str]:
    """Make a cluster in a temporary folder, start it on a free port of 127.0.0.1, and remove every trace after."""
    binaries = server_binaries()
    if binaries is None:
        raise RefusalError(
            "No PostgreSQL server is installed: install the package postgresql, or set TEST_DATABASE_URL."
        )
    owner = unprivileged_user()
    # /tmp, not TMPDIR, when root: the unprivileged user must be able to reach it, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="lt-postgres-", dir="/tmp" if owner else None))  # noqa: S108
    server: subprocess.Popen[bytes] | None = None
    try:
        if owner:
            shutil.chown(folder, owner)
        initialise(binaries, folder, owner)
        server, port = start(binaries, folder, owner, durable=durable)
        yield f"postgres://{USER}@127.0.0.1:{port}/{DATABASE}"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged_user() -> str | None:
    """Who runs the server: PostgreSQL refuses root, so then postgres or nobody; otherwise ourselves (None)."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def identity(owner: str | None) -> dict[str, Any]:
    """What subprocess needs to start a program as this user with no group of root's."""
    return {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}


def initialise(binaries: Path, folder: Path, owner: str | None) -> None:
    """Make an empty cluster. Connections are trusted: it lives for minutes, on loopback, with test data."""
    command = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", USER, "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **identity(owner))
    if made.returncode != 0:
        raise RefusalError(f"A PostgreSQL cluster could not be made: {made.stderr.strip()}")


def start(binaries: Path, folder: Path, owner: str | None, *, durable: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server on a free port and make the database; another port if somebody was quicker."""
    for _attempt in range(3):
        port = free_port()
        command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", *([] if durable else _FAST)]
        with (folder / "log").open("ab") as log:
            server = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **identity(owner),
            )
        if is_ready(server, port):
            return server, port
        stop(server)
    raise RefusalError(f"The throw-away PostgreSQL server did not start: {(folder / 'log').read_text()[-500:].strip()}")


def free_port() -> int:
    """A port nobody listens on now, so that two clones can test at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server answers and our database is made; False if it ended or took too long."""
    import psycopg

    until = monotonic() + START_SECONDS
    while monotonic() < until and server.poll() is None:
        try:
            address = f"host=127.0.0.1 port={port} user={USER} dbname=postgres"
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{DATABASE}"')
                return True
        except psycopg.OperationalError:
            sleep(0.1)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server without waiting for its clients."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _end_with_parent() -> None:
    """In the child: when we are killed, the server ends too (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
