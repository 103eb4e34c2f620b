"""Drill: the database is out of reach for a while, three times, while learners save answers and hand in.

SQLite: another program holds the file. PostgreSQL: the database takes no connections and ends those it has.
Nothing is started again: the same processes must find it by themselves.
Sabotaged: the site answers as if all were well.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import django
from django.db import connection
from django.utils import timezone
from tools.drills.clients import NO_ANSWER, Answer, Client
from tools.drills.hand_in import QUESTIONS, close_connection, hand_in_and_follow, ready_attempts, web_server
from tools.drills.learners import Learner
from tools.drills.papers import GIVE_UP_SECONDS, LOST, asked_until_answered, lost_of, ready_papers
from tools.drills.verdict import Verdict, could_not_run

OUTAGES = 3
OUT_SECONDS = 4.0
LEARNERS = 10
BACK_SECONDS = 5.0
SQLITE_WAIT_SECONDS = 1  # how long a request waits for the file; longer than the outage, and it would hide it
UNTRUE = "answers during an outage that did not say 'not saved'"


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    django.setup()
    broken = os.environ.get("SABOTAGE") == "1"
    verdict = Verdict(only=UNTRUE if broken else "")
    attempts = ready_attempts(OUTAGES, at=timezone.now())
    sessions, papers = ready_papers(LEARNERS)
    close_connection()
    with web_server("outages_broken" if broken else "", DATABASE_URL=impatient(os.environ["DATABASE_URL"])) as port:
        learners = [Learner(port, key, paper) for key, paper in zip(sessions, papers, strict=True)]
        for learner in learners[:-1]:
            learner.start()
        drill = Outages(port, learners, attempts)
        for number in range(OUTAGES):
            drill.go_through(number)
        drill.finish()
        judge(verdict, drill)
    verdict.end()


def impatient(database_url: str) -> str:
    """The same database; a request waits for SQLite's file a second and no longer."""
    return f"{database_url}?timeout={SQLITE_WAIT_SECONDS}" if database_url.startswith("sqlite") else database_url


@contextmanager
def out_of_reach() -> Iterator[None]:
    """The site's database cannot be written (SQLite) or reached (PostgreSQL)."""
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        other = sqlite3.connect(settings["NAME"], isolation_level=None, timeout=GIVE_UP_SECONDS)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    with _beside(settings) as server:
        server.execute(f'ALTER DATABASE "{settings["NAME"]}" ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [settings["NAME"]])
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{settings["NAME"]}" ALLOW_CONNECTIONS true')


@contextmanager
def _beside(settings: dict[str, str]) -> Iterator["psycopg.Connection"]:  # type: ignore[name-defined]  # noqa: F821
    """A connection to the same server, to another database of it."""
    import psycopg

    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        yield server


class Outages:
    """The outages, and what was answered and found in and after each of them."""

    def __init__(self, port: int, learners: list[Learner], attempts: list[tuple[str, str]]) -> None:
        self.port, self.learners, self.attempts = port, learners, attempts
        self.own = learners[-1]  # never started: the drill saves with it, one answer at a time
        self.answers: list[Answer] = []
        self.written = 0
        self.back_seconds: list[float] = []
        self.never_back = 0
        self.lookups = 0
        self.lost: set[tuple[int, int, int]] = set()
        self.results: list[Answer] = []

    def go_through(self, number: int) -> None:
        """One outage: hand in and save in it, wait until saving works again, look, and hand in once more."""
        key, path = self.attempts[number]
        sleep(1.0)
        with out_of_reach():
            until = monotonic() + OUT_SECONDS
            while monotonic() < until:
                self._ask(key, path)
                self._ask(key, path.replace("hand-in/", "1/save/"))
                sleep(0.2)
        back_from = monotonic()
        self._wait_until_back(back_from)
        self.written += asked_until_answered(lambda: rows_of(path))
        count, lost = lost_of(self.learners)
        self.lookups += count
        self.lost |= lost
        self.results.append(hand_in_and_follow(Client(self.port, key), path))

    def _ask(self, key: str, path: str) -> None:
        try:
            self.answers.append(Client(self.port, key).post(path, {"q1": "1", "sequence": "99"}))
        except NO_ANSWER:
            self.answers.append(Answer(0, "", b""))

    def _wait_until_back(self, since: float) -> None:
        while monotonic() - since < GIVE_UP_SECONDS:
            if self.own.save_once():
                self.back_seconds.append(monotonic() - since)
                return
            sleep(0.05)
        self.never_back += 1

    def finish(self) -> None:
        """Stop the learners, look once more, and hand in what they have."""
        for learner in self.learners[:-1]:
            learner.finish()
        count, lost = lost_of(self.learners)
        self.lookups += count
        self.lost |= lost
        for learner in self.learners:
            learner.hand_in()


def rows_of(path: str) -> int:
    """How many responses and results there are of the attempt that is handed in at this path."""
    from assessments.models import Response, Result

    attempt = path.strip("/").split("/")[1]
    responses = Response.objects.filter(place__attempt__uuid=attempt).count()
    return responses + Result.objects.filter(attempt__uuid=attempt).count()


def tells_the_truth(answer: Answer) -> bool:
    """503, in our words."""
    return answer.status == 503 and b"not saved" in answer.body.lower()


def judge(verdict: Verdict, drill: Outages) -> None:
    """Compare what was counted with what was promised."""
    from assessments.models import Response, Result
    from credentials.models import Credential
    from post.models import Message

    saves = sum(learner.saves for learner in drill.learners)
    refused = sum(learner.unanswered for learner in drill.learners)
    if not drill.answers or not saves:
        could_not_run("nothing was asked during an outage, or nothing was saved between them")
    verdict.note(
        f"{OUTAGES} outages of {OUT_SECONDS:.0f} s; {len(drill.answers)} hand-ins and saves of the drill in them"
    )
    verdict.note(f"{len(drill.learners)} learners, {saves} saves acknowledged, {refused} refused and sent again")
    untrue = [answer for answer in drill.answers if not tells_the_truth(answer)]
    verdict.promise(UNTRUE, found=len(untrue), wanted=0)
    verdict.promise("rows written by hand-ins that were refused", found=drill.written, wanted=0)
    verdict.note(f"{drill.lookups} acknowledged answers looked up")
    verdict.promise(LOST, found=len(drill.lost), wanted=0)
    verdict.promise("outages after which saving did not come back", found=drill.never_back, wanted=0)
    slowness = float(os.environ.get("DRILL_SLOWNESS") or 1)
    worst = max(drill.back_seconds, default=0.0)
    verdict.limit("longest until a save was acknowledged again", found=worst, most=BACK_SECONDS * slowness, unit="s")
    led = sum(answer.status == 200 for answer in drill.results)
    verdict.promise("hand-ins afterwards that led to a result", found=led, wanted=OUTAGES)
    mine = {"attempt__uuid__in": [path.strip("/").split("/")[1] for _key, path in drill.attempts]}
    verdict.promise("results of them", found=Result.objects.filter(**mine).count(), wanted=OUTAGES)
    responses = Response.objects.filter(**{f"place__{key}": value for key, value in mine.items()})
    verdict.promise("responses of them", found=responses.count(), wanted=OUTAGES * QUESTIONS)
    awards = Credential.objects.filter(learner__email__endswith="@drill.example")
    verdict.promise("certificates", found=awards.count(), wanted=OUTAGES)
    told = Message.objects.filter(kind="credential_awarded", person__email__endswith="@drill.example")
    verdict.promise("messages about them", found=told.count(), wanted=OUTAGES)


if __name__ == "__main__":
    main()
