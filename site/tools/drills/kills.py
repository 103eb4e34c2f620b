"""Drill: kill -9 at random while learners save answers, under the runner of `make run`.

Killed in turn, in an order of chance: a web worker, the web server's master, a process of the background worker and,
on a PostgreSQL of our own, one of the database's server processes (which makes PostgreSQL end all and recover).
After each kill the clients hold still while every acknowledged save is looked up in the database.
Sabotaged: the site acknowledges a save and writes it a moment later.
"""

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import django
from django.db import connection
from tools.drills.learners import Learner
from tools.drills.papers import GIVE_UP_SECONDS, LOST, asked_until_answered, lost_of, ready_papers
from tools.drills.programs import family, started, wait_for_line
from tools.drills.verdict import Verdict, could_not_run
from tools.run import ROOT

KILLS = int(os.environ.get("KILLS") or 20)
LEARNERS = int(os.environ.get("LEARNERS") or 50)
BACK_SECONDS = 5.0
JOB_SECONDS = 20.0
WRITING_SECONDS = (1.0, 3.0)  # how long answers are saved between the site's return and the next kill
SABOTAGED_KILLS = 5


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    django.setup()
    broken = os.environ.get("SABOTAGE") == "1"
    verdict = Verdict(only=LOST if broken else "")  # the one promise that sabotage breaks
    chance = random.Random()  # noqa: S311  an order, not a secret
    sessions, papers = ready_papers(LEARNERS + 1)  # the last one is the drill's own, to see whether saving works
    with running_site(broken=broken) as (runner, port):
        learners = [Learner(port, key, paper) for key, paper in zip(sessions, papers, strict=True)]
        for learner in learners:
            learner.start()
        sleep(WRITING_SECONDS[1])
        drill = Kills(runner, port, learners)
        drill.run(SABOTAGED_KILLS if broken else KILLS, chance, stop_when_lost=broken)
        drill.finish()
        judge(verdict, drill)
    verdict.end()


@contextmanager
def running_site(*, broken: bool) -> Iterator[tuple[int, int]]:
    """The site under its own runner: the runner's process number and the port."""
    log = Path(os.environ["VAR_DIR"]) / "run.log"
    command = [sys.executable, str(ROOT / "site" / "tools" / "run.py")]
    if broken:
        command = [sys.executable, "-m", "tools.drills.run_disturbed"]
    environment = {"PORT": "0", "SAMPLES": "0", "DRILL_DISTURBS": "kills_broken" if broken else ""}
    with started(command, log, environment) as program:
        line = wait_for_line(log, "The site is ready:", program)
        yield program.pid, int(line.split()[4].rstrip("/").rpartition(":")[2])


class Kills:
    """The kills, and what was counted after each of them."""

    def __init__(self, runner: int, port: int, learners: list[Learner]) -> None:
        self.runner, self.port = runner, port
        self.learners, self.own = learners[:-1], learners[-1]
        self.killed: Counter[str] = Counter()
        self.back_seconds: dict[str, list[float]] = {}
        self.never_back = 0
        self.lookups = 0
        self.lost: set[tuple[int, int, int]] = set()
        self.whole = shape(runner)
        self.job_seconds: list[float | None] = []  # None: never done

    def run(self, times: int, chance: random.Random, *, stop_when_lost: bool) -> None:
        """Kill, look, wait for the site, let the learners write, and again."""
        kinds = ["web worker", "web server", "background worker"]
        if os.environ.get("DRILL_OWN_CLUSTER") == "1" and connection.vendor == "postgresql":
            kinds.append("database process")
        bag: list[str] = []
        for _ in range(times):
            bag = bag or chance.sample(kinds, len(kinds))
            self._kill_one(bag.pop(), chance)
            if stop_when_lost and self.lost:
                return
            sleep(chance.uniform(*WRITING_SECONDS))

    def _kill_one(self, kind: str, chance: random.Random) -> None:
        target = chance.choice(self._targets(kind))
        os.kill(target, signal.SIGKILL)
        killed_at = monotonic()
        self.killed[kind] += 1
        self._hold_and_look()
        self._wait_until_back(kind, target, killed_at)
        if kind in ("background worker", "database process"):
            self.job_seconds.append(seconds_until_a_job_is_done())

    def _targets(self, kind: str) -> list[int]:
        if kind == "database process":
            return database_processes()
        return shape(self.runner, wanted=kind)[kind]

    def _hold_and_look(self) -> None:
        """Let no learner begin another save while all that was acknowledged to them is looked up."""
        count, lost = lost_of(self.learners)
        self.lookups += count
        self.lost |= lost

    def _wait_until_back(self, kind: str, target: int, killed_at: float) -> None:
        """Back: the home page answers, a save is acknowledged, and as many processes stand as before."""
        while monotonic() - killed_at < GIVE_UP_SECONDS:
            if self.own.save_once() and self.own.sees_home_page() and self._is_whole(target):
                self.back_seconds.setdefault(kind, []).append(monotonic() - killed_at)
                return
            sleep(0.05)
        self.never_back += 1

    def _is_whole(self, killed: int) -> bool:
        now = shape(self.runner)
        enough = all(len(now[kind]) == len(pids) for kind, pids in self.whole.items())
        return enough and not any(killed in pids for pids in now.values())

    def finish(self) -> None:
        """Stop the learners, look once more, and hand in what they have."""
        for learner in self.learners:
            learner.finish()
        self._hold_and_look()
        for learner in self.learners:
            learner.hand_in()
        self.job_seconds.append(seconds_until_a_job_is_done())


def shape(runner: int, wanted: str = "") -> dict[str, list[int]]:
    """The site's processes by what they are, under the runner."""
    processes = family(runner)
    kinds: dict[str, list[int]] = {"web server": [], "web worker": [], "background worker": []}
    for pid, (parent, command) in processes.items():
        if "gunicorn" in command:
            kinds["web server" if parent == runner else "web worker"].append(pid)
        elif "qcluster" in command:
            kinds["background worker"].append(pid)
    return kinds


def database_processes() -> list[int]:
    """PostgreSQL's server processes for the site's connections (not for ours)."""

    def ask() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() "
                "AND datname = current_database()"
            )
            return [row[0] for row in cursor.fetchall()]

    return asked_until_answered(ask)


def seconds_until_a_job_is_done() -> float | None:
    """Queue a job that only adds, and wait for it; None if the background worker never does it.

    That its processes stand is not enough: one killed while it waits takes the queue's lock with it, and one whose
    connection to the database broke may go on without it for ever.
    """
    from django_q.models import Success
    from django_q.tasks import async_task

    connection.close()
    queued_at = monotonic()
    job = asked_until_answered(lambda: async_task("operator.add", 1, 1))
    while monotonic() - queued_at < JOB_SECONDS:
        if asked_until_answered(lambda: Success.objects.filter(pk=job).exists()):
            return monotonic() - queued_at
        sleep(0.2)
    return None


def judge(verdict: Verdict, drill: Kills) -> None:
    """Compare what was counted with what was promised."""
    from assessments.models import Response, Result

    learners = drill.learners
    saves = sum(learner.saves for learner in learners)
    unanswered = sum(learner.unanswered for learner in learners)
    verdict.note(f"{len(learners)} learners, {saves} saves acknowledged, {unanswered} without an answer and sent again")
    for kind, count in sorted(drill.killed.items()):
        back = drill.back_seconds.get(kind, [])
        times = f"back after {median(back):.1f} s, at worst {max(back):.1f} s" if back else "not waited for"
        verdict.note(f"killed {count} x {kind}: {times}")
    if not saves or not drill.killed:
        could_not_run("nothing was saved or nothing was killed")
    verdict.note(
        f"{drill.lookups} acknowledged answers looked up after {sum(drill.killed.values())} kills and at the end"
    )
    verdict.promise(LOST, found=len(drill.lost), wanted=0)
    refused = sum((learner.refused for learner in learners), Counter())
    verdict.promise("saves refused (the newest from its only tab)", found=dict(refused) or 0, wanted=0)
    verdict.promise("kills after which the site did not come back", found=drill.never_back, wanted=0)
    worst = max((one for times in drill.back_seconds.values() for one in times), default=0.0)
    slowness = float(os.environ.get("DRILL_SLOWNESS") or 1)
    if slowness > 1:
        verdict.note(f"allowed: {BACK_SECONDS} s x {slowness:.1f}, because other programs keep this machine busy")
    verdict.limit("longest from a kill until all was back", found=worst, most=BACK_SECONDS * slowness, unit="s")
    done = [one for one in drill.job_seconds if one is not None]
    slowest = f", the slowest after {max(done):.1f} s" if done else ""
    verdict.note(
        f"{len(drill.job_seconds)} jobs queued after kills of the worker or the database and at the end{slowest}"
    )
    verdict.promise("jobs the background worker never did", found=len(drill.job_seconds) - len(done), wanted=0)
    attempts = {learner.paper.hand_in for learner in learners}
    handed_in = Response.objects.filter(place__in=[pk for one in learners for pk, _ in one.paper.places.values()])
    found = Counter((row.place_id, tuple((row.value or {})["chosen"])) for row in handed_in)
    wanted = Counter({key: 1 for learner in learners for key in learner.expected_responses()})
    verdict.promise("responses at hand-in", found=handed_in.count(), wanted=wanted.total())
    verdict.promise("responses other than the last save acknowledged", found=(found - wanted).total(), wanted=0)
    results = Result.objects.filter(attempt__places__in=[next(iter(one.paper.places.values()))[0] for one in learners])
    verdict.promise("results", found=results.count(), wanted=len(attempts))


if __name__ == "__main__":
    main()
