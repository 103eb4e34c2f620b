"""Drill: the disk of PostgreSQL itself is full, twice, while answers are saved and handed in. Only root may have one.

The first time it writes on where it has room. The second time it needs a new piece of its log at once, and gives up: a
server like that ends, and is started again by whatever watches over it, here by the drill, once there is room.
Sabotaged: the site answers as if all were well.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import django
import psycopg
from django.utils import timezone
from tools.drills.clients import NO_ANSWER, Answer, Client
from tools.drills.disk import HAND_INS, LEARNERS, SAVES, TIMES, UNTRUE, WHOLE, Counts, judge
from tools.drills.hand_in import close_connection, hand_in_and_follow, ready_attempts, web_server
from tools.drills.learners import Learner
from tools.drills.outages import rows_of, tells_the_truth
from tools.drills.papers import GIVE_UP_SECONDS, asked_until_answered, ready_papers
from tools.drills.small_disk import full, may_have_its_own
from tools.drills.verdict import Verdict, could_not_run
from tools.postgres import DATABASE, USER, identity, initialise, server_binaries, start, stop, unprivileged_user

DISK_BYTES = 384 * 2**20
LITTLE_LOG = "min_wal_size = 32MB\nmax_wal_size = 64MB\nwal_recycle = off\n"  # a log that needs room soon


def main() -> None:
    """Run the drill on a copy of the database of DATABASE_URL and exit as its promises were kept."""
    if not may_have_its_own():
        could_not_run("only root may have a small disk")
    with server_on_a_small_disk() as server:
        server.take_in(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = server.url
        django.setup()
        broken = os.environ.get("SABOTAGE") == "1"
        verdict = Verdict(only=UNTRUE if broken else "")
        attempts = ready_attempts(TIMES * HAND_INS, at=timezone.now())
        sessions, papers = ready_papers(LEARNERS)
        close_connection()
        counts = Counts()
        with web_server("outages_broken" if broken else "") as port:
            learners = [Learner(port, key, paper) for key, paper in zip(sessions, papers, strict=True)]
            for number in range(TIMES):
                mine = attempts[number * HAND_INS : (number + 1) * HAND_INS]
                go_through(verdict, counts, server, port=port, learners=learners, attempts=mine, gives_up=number > 0)
        judge(verdict, counts, learners, attempts)
        close_connection()
    verdict.end()


class Server:
    """A PostgreSQL whose every file lies in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._owner = folder, unprivileged_user()
        binaries = server_binaries()
        if binaries is None:
            could_not_run("no PostgreSQL server is installed")
        self._binaries = binaries
        initialise(binaries, folder, self._owner)
        with (folder / "data" / "postgresql.auto.conf").open("a") as settings:
            settings.write(LITTLE_LOG)
        self._process, self._port = start(binaries, folder, self._owner, durable=True)

    @property
    def url(self) -> str:
        return f"postgres://{USER}@127.0.0.1:{self._port}/{DATABASE}"

    def take_in(self, url: str) -> None:
        """Everything in the database at that address."""
        dump = subprocess.run([self._binaries / "pg_dump", url], capture_output=True, check=True)
        command = [str(self._binaries / "psql"), "--quiet", "--set=ON_ERROR_STOP=1", self.url]
        subprocess.run(command, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)

    def end_the_log(self) -> None:
        """From now on nothing is written without a new piece of the log."""
        with suppress(psycopg.Error), psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
            connection.execute("SELECT pg_switch_wal()")
            connection.execute("CREATE TABLE one_more AS SELECT 1 AS row")

    def start_again_if_ended(self) -> bool:
        """As whatever watches over a server does; whether it had to."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        if self._process.poll() is None:
            return False
        command = [str(self._binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self._port)]
        command += ["-k", str(self.folder), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
        as_owner: dict[str, Any] = identity(self._owner)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                **as_owner,
            )  # fmt: skip
        return True

    def stop(self) -> None:
        stop(self._process)


@contextmanager
def server_on_a_small_disk() -> Iterator[Server]:
    """A disk of its own for all files of a server; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lt-server-disk-", dir="/tmp"))
    owner = identity(unprivileged_user())
    size = f"size={DISK_BYTES},mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "lt-drill", str(folder)], check=True)
    try:
        subprocess.run(["chown", str(owner["user"]), str(folder)], check=True)
        server = Server(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def go_through(
    verdict: Verdict,
    counts: Counts,
    server: Server,
    *,
    port: int,
    learners: list[Learner],
    attempts: list[tuple[str, str]],
    gives_up: bool,
) -> None:
    """Save, fill the disk, hand in and save, empty it, look what was written, and hand in once more."""
    for learner in learners:
        learner.save_once()
    with full(server.folder) as how:
        if gives_up:
            server.end_the_log()
        sent = [(path, handed_in(port, key, path)) for key, path in attempts]
        for _ in range(SAVES):
            counts.saves_tried += len(learners)
            counts.told_not_saved += sum(not learner.save_once() for learner in learners)
    since = monotonic()
    ended = server.start_again_if_ended()
    verdict.note(f"{how}; the server {'ended and was started again' if ended else 'went on'}")
    for path, answer in sent:
        compare(counts, path, answer)
    while not learners[0].save_once() and monotonic() - since < GIVE_UP_SECONDS:
        sleep(0.05)
    counts.back_seconds.append(monotonic() - since)
    counts.never_back += counts.back_seconds[-1] >= GIVE_UP_SECONDS
    counts.results += [hand_in_and_follow(Client(port, key), path) for key, path in attempts]


def handed_in(port: int, key: str, path: str) -> Answer:
    """What is answered to a hand-in."""
    try:
        return Client(port, key).post(path, {})
    except NO_ANSWER:
        return Answer(0, "", b"")


def compare(counts: Counts, path: str, answer: Answer) -> None:
    """Whether what was answered is what stands in the database."""
    rows = asked_until_answered(lambda: rows_of(path))
    counts.half_written += rows not in (0, WHOLE)
    counts.told_not_saved += tells_the_truth(answer)
    said = WHOLE if answer.status == 302 else 0 if tells_the_truth(answer) else -1
    if said != rows:
        counts.untrue.append(answer)


if __name__ == "__main__":
    main()
