"""Drill: many real connections hand in the same attempt at once, against two processes of the web server.

Every request waits between reading the attempt and writing to it, while all the others are on their way.
Sabotaged: no lock on the attempt, SQLite's transactions deferred, the constraints against a second result dropped.
"""

import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from time import monotonic, sleep

import django
from django.utils import timezone
from tools.drills.clients import NO_ANSWER, Answer, Client
from tools.drills.disturb import readings_file
from tools.drills.programs import FIRST_ANSWER_SECONDS, started
from tools.drills.verdict import Verdict, could_not_run
from tools.run import ROOT, home_page_status, reserve_port

CONNECTIONS = 50
ROUNDS = 3
QUESTIONS = 8


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    django.setup()
    broken = os.environ.get("SABOTAGE") == "1"
    verdict = Verdict()
    attempts = ready_attempts(ROUNDS, at=timezone.now())
    if broken:
        weaken()
    close_connection()
    with web_server("hand_in_broken" if broken else "hand_in") as port:
        answers = [hand_in_at_once(port, key, path) for key, path in attempts]
        replays = [hand_in_again(port, key, path) for key, path in attempts]
    judge(verdict, answers, replays)
    verdict.end()


def ready_attempts(count: int, *, at: datetime) -> list[tuple[str, str]]:
    """(session, path of the hand-in) of learners who have only this left to do for their certificate."""
    from django.urls import reverse
    from tools.drills.people import answer_rightly, begin, enrol, read_everything, sign_in

    ready = []
    for run in enrol(count, at=at):
        read_everything(run, at=at)
        attempt = begin(run, at=at)
        answer_rightly(attempt, at=at)
        ready.append((sign_in(run.learner), reverse("quiz_hand_in", args=[attempt.uuid])))
    return ready


def weaken() -> None:
    """Take away what decides the race in the database."""
    from tools.drills.weaken import drop_constraints

    drop_constraints(
        "assessments",
        {
            "Response": ["one_response_per_place_and_try"],
            "Score": ["one_first_automatic_score"],
            "Result": ["one_first_result_per_attempt"],
        },
    )


def close_connection() -> None:
    """Before other processes start, so that nothing of ours stands in their way."""
    from django.db import connection

    connection.close()


@contextmanager
def web_server(disturbs: str, **variables: str) -> Iterator[int]:
    """Two processes as `make run` has them, with threads enough to hold every connection at once; gives the port.

    `disturbs` is what tools/drills/disturb.py does to them; further variables of the environment as keywords.
    """
    listener = reserve_port("0")
    port, number = listener.getsockname()[1], listener.fileno()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{number}", "--workers", "2", "--threads", "25"]
    command += ["--worker-class", "gthread", "--preload", "--log-level", "warning", "--no-control-socket"]
    command += ["--pythonpath", str(ROOT / "site"), "--chdir", str(ROOT), "config.wsgi"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "tools.drills.settings",
        "DRILL_DISTURBS": disturbs,
        **variables,
    }
    with started(command, Path(os.environ["VAR_DIR"]) / "web.log", environment, pass_fds=[number]) as program:
        until = monotonic() + FIRST_ANSWER_SECONDS
        while home_page_status(port) != 200:
            if monotonic() > until or program.poll() is not None:
                could_not_run("the web server did not start")
            sleep(0.05)
        yield port
    listener.close()


def hand_in_at_once(port: int, session_key: str, path: str) -> list[Answer]:
    """Every connection is open before any of them asks; each then follows where it is sent."""
    together = threading.Barrier(CONNECTIONS)
    answers: list[Answer] = []

    def one() -> None:
        client = Client(port, session_key)
        client.connect()
        together.wait()
        answers.append(hand_in_and_follow(client, path))

    threads = [threading.Thread(target=one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def hand_in_and_follow(client: Client, path: str) -> Answer:
    """Where the hand-in led and the page that is there; status 0 if there was no answer."""
    try:
        answer = client.post(path, {})
        if answer.status != 302:
            return answer
        page = client.get(answer.location)
        return Answer(page.status, answer.location, page.body)
    except NO_ANSWER:
        return Answer(0, "", b"")


def hand_in_again(port: int, session_key: str, path: str) -> Answer:
    """A replay when everything is over."""
    return hand_in_and_follow(Client(port, session_key), path)


def judge(verdict: Verdict, answers: list[list[Answer]], replays: list[Answer]) -> None:
    """Compare what is in the database and what was answered with what was promised."""
    from assessments.models import Response, Result, Score
    from credentials.models import Credential
    from post.models import Message

    learner = {"attempt__learner__email__endswith": "@drill.example"}
    processes, open_readings = readings()
    if len(processes) < 2:
        could_not_run("only one process of the web server took part")
    verdict.note(f"requests by process: {' + '.join(str(count) for count in processes.values())}")
    statuses = Counter(answer.status for one in answers for answer in one)
    verdict.note("answers: " + ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items())))
    verdict.promise("hand-ins that found the attempt open", found=open_readings, wanted=ROUNDS)
    verdict.promise("results", found=Result.objects.filter(**learner).count(), wanted=ROUNDS)
    responses = Response.objects.filter(**{f"place__{key}": value for key, value in learner.items()})
    verdict.promise("responses", found=responses.count(), wanted=ROUNDS * QUESTIONS)
    scores = Score.objects.filter(response__in=responses)
    verdict.promise("scores", found=scores.count(), wanted=ROUNDS * QUESTIONS)
    awards = Credential.objects.filter(learner__email__endswith="@drill.example")
    verdict.promise("certificates", found=awards.count(), wanted=ROUNDS)
    told = Message.objects.filter(kind="credential_awarded", person__email__endswith="@drill.example")
    verdict.promise("messages about them", found=told.count(), wanted=ROUNDS)
    led_to = sum(answer.status == 200 for one in answers for answer in one)
    verdict.promise("answers that led to a page", found=led_to, wanted=ROUNDS * CONNECTIONS)
    pages = sum(len({*one, replay}) for one, replay in zip(answers, replays, strict=True))
    verdict.promise("different pages they led to, replays included", found=pages, wanted=ROUNDS)
    for one, replay in zip(answers, replays, strict=True):
        tell_difference(verdict, one, replay)


def tell_difference(verdict: Verdict, answers: list[Answer], replay: Answer) -> None:
    """The first lines in which a page differs from what the replay led to."""
    other = next((answer for answer in answers if answer.status == 200 and answer.body != replay.body), None)
    if other is not None:
        lines = unified_diff(other.body.decode().splitlines(), replay.body.decode().splitlines(), n=0, lineterm="")
        for line in [line.strip() for line in lines if line.strip("+- @")][:6]:
            verdict.note(f"  {line[:110]}")


def readings() -> tuple[Counter[str], int]:
    """How many requests each process served, and how many of all found the attempt still open."""
    lines = [line.split() for line in readings_file().read_text().splitlines()]
    return Counter(process for process, _state in lines), sum(state == "in_progress" for _process, state in lines)


if __name__ == "__main__":
    main()
