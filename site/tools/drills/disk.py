"""Drill: the disk of the site's folder is full, twice, while answers are saved and handed in.

On SQLite the database is on it; with PostgreSQL the papers of certificates are. Nothing is started again.
Sabotaged: the site answers as if all were well, and a certificate is awarded whose paper could not be stored.
"""

import hashlib
import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import django
from django.db import connection
from django.utils import timezone
from tools.drills.clients import NO_ANSWER, Answer, Client
from tools.drills.hand_in import QUESTIONS, close_connection, hand_in_and_follow, ready_attempts, web_server
from tools.drills.learners import Learner
from tools.drills.outages import rows_of, tells_the_truth
from tools.drills.papers import GIVE_UP_SECONDS, LOST, asked_until_answered, lost_of, ready_papers
from tools.drills.small_disk import full, moved_to_a_small_disk
from tools.drills.verdict import Verdict, could_not_run

TIMES, HAND_INS, LEARNERS, SAVES = 2, 3, 6, 4
BACK_SECONDS = 5.0
WHOLE = QUESTIONS + 1  # rows: what rows_of counts of a whole hand-in
UNTRUE = "answers on a full disk that were not what had happened"
UNREADABLE = "certificates whose paper is missing or not whole"


@dataclass
class Counts:
    """What was asked while the disk was full, and what came of it."""

    told_not_saved: int = 0
    saves_tried: int = 0
    untrue: list[Answer] = field(default_factory=list)
    half_written: int = 0
    without_paper: int = 0
    back_seconds: list[float] = field(default_factory=list)
    never_back: int = 0
    results: list[Answer] = field(default_factory=list)


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    with moved_to_a_small_disk(Path(os.environ["VAR_DIR"])) as folder:
        move_site(folder)
        django.setup()
        broken = os.environ.get("SABOTAGE") == "1"
        on_disk = connection.vendor == "sqlite"
        verdict = Verdict(only=(UNTRUE if on_disk else UNREADABLE) if broken else "")
        attempts = ready_attempts(TIMES * HAND_INS, at=timezone.now())
        sessions, papers = ready_papers(LEARNERS)
        close_connection()
        counts = Counts()
        with web_server("disk_broken" if broken else "") as port:
            learners = [Learner(port, key, paper) for key, paper in zip(sessions, papers, strict=True)]
            for number in range(TIMES):
                mine = attempts[number * HAND_INS : (number + 1) * HAND_INS]
                go_through(verdict, counts, port=port, folder=folder, learners=learners, attempts=mine)
        judge(verdict, counts, learners, attempts)
        close_connection()
    verdict.end()


def move_site(folder: Path) -> None:
    """From now on the site's folder is this one, and SQLite's file is in it."""
    before, os.environ["VAR_DIR"] = os.environ["VAR_DIR"], str(folder)
    if os.environ["DATABASE_URL"].startswith("sqlite"):
        os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].replace(before, str(folder))


def go_through(
    verdict: Verdict,
    counts: Counts,
    *,
    port: int,
    folder: Path,
    learners: list[Learner],
    attempts: list[tuple[str, str]],
) -> None:
    """Save, fill the disk, hand in and save, empty it, wait until saving works, and hand in once more."""
    for learner in learners:
        learner.save_once()
    with full(folder) as how:
        verdict.note(how)
        for key, path in attempts:
            hand_in(counts, port, key, path)
        for _ in range(SAVES):
            counts.saves_tried += len(learners)
            counts.told_not_saved += sum(not learner.save_once() for learner in learners)
        counts.without_paper += asked_until_answered(without_certificate)
    since = monotonic()
    while not learners[0].save_once() and monotonic() - since < GIVE_UP_SECONDS:
        sleep(0.05)
    counts.back_seconds.append(monotonic() - since)
    counts.never_back += counts.back_seconds[-1] >= GIVE_UP_SECONDS
    counts.results += [hand_in_and_follow(Client(port, key), path) for key, path in attempts]


def hand_in(counts: Counts, port: int, key: str, path: str) -> None:
    """One hand-in, and whether what was answered is what stands in the database."""
    try:
        answer = Client(port, key).post(path, {})
    except NO_ANSWER:
        answer = Answer(0, "", b"")
    rows = asked_until_answered(lambda: rows_of(path))
    counts.half_written += rows not in (0, WHOLE)
    counts.told_not_saved += tells_the_truth(answer)
    said = WHOLE if answer.status == 302 else 0 if tells_the_truth(answer) else -1
    if said != rows:
        counts.untrue.append(answer)


def without_certificate() -> int:
    """How many of the drill's runs have a result and no certificate yet."""
    from assessments.models import Result
    from credentials.models import Credential

    handed_in = Result.objects.filter(attempt__learner__email__endswith="@drill.example").count()
    return handed_in - Credential.objects.filter(learner__email__endswith="@drill.example").count()


def papers_that_cannot_be_read() -> tuple[int, int]:
    """Certificates whose stored paper is not the one that was drawn; and papers in the storage that nobody has."""
    from django.core.files.storage import storages

    from credentials.models import Credential

    unreadable, known = 0, set()
    for one in Credential.objects.exclude(pdf=""):
        known.add(str(one.pdf.name))
        try:
            unreadable += hashlib.sha256(one.pdf.read()).hexdigest() != one.pdf_digest
        except OSError:
            unreadable += 1
    stored = {f"certificates/{name}" for name in storages["private"].listdir("certificates")[1]}
    return unreadable, len(stored - known)


def judge(verdict: Verdict, counts: Counts, learners: list[Learner], attempts: list[tuple[str, str]]) -> None:
    """Compare what was counted with what was promised, once the worker's sweep has done what was missed."""
    from assessments.models import Response, Result
    from credentials.jobs import award_missed
    from credentials.models import Credential
    from post.models import Message

    award_missed()
    unreadable, nobodys = papers_that_cannot_be_read()
    if not counts.told_not_saved + counts.without_paper + len(counts.untrue) + unreadable:
        could_not_run("nothing was refused, and every paper was stored")
    count = len(attempts)
    asked = f"{count} hand-ins and {counts.saves_tried} saves on a full disk"
    verdict.note(
        f"{asked}: {counts.told_not_saved} told 'not saved', {counts.without_paper} certificates waited for room"
    )
    verdict.promise(UNTRUE, found=len(counts.untrue), wanted=0)
    verdict.promise("hand-ins of which a part was written", found=counts.half_written, wanted=0)
    looked_up, lost = lost_of(learners)
    verdict.note(f"{looked_up} acknowledged answers looked up")
    verdict.promise(LOST, found=len(lost), wanted=0)
    verdict.promise(
        "saves that were neither taken nor put off", found=sum(sum(one.refused.values()) for one in learners), wanted=0
    )
    slowness = float(os.environ.get("DRILL_SLOWNESS") or 1)
    verdict.promise("times after which saving did not come back", found=counts.never_back, wanted=0)
    verdict.limit(
        "longest until a save was acknowledged again",
        found=max(counts.back_seconds),
        most=BACK_SECONDS * slowness,
        unit="s",
    )
    led = sum(answer.status == 200 for answer in counts.results)
    verdict.promise("hand-ins afterwards that led to a result", found=led, wanted=count)
    mine = {"attempt__uuid__in": [path.strip("/").split("/")[1] for _key, path in attempts]}
    verdict.promise("results of them", found=Result.objects.filter(**mine).count(), wanted=count)
    responses = Response.objects.filter(**{f"place__{key}": value for key, value in mine.items()})
    verdict.promise("responses of them", found=responses.count(), wanted=count * QUESTIONS)
    awards = Credential.objects.filter(learner__email__endswith="@drill.example")
    verdict.promise("certificates", found=awards.count(), wanted=count)
    told = Message.objects.filter(kind="credential_awarded", person__email__endswith="@drill.example")
    verdict.promise("messages about them", found=told.count(), wanted=count)
    verdict.promise(UNREADABLE, found=unreadable, wanted=0)
    verdict.promise("papers in the storage that are nobody's", found=nobodys, wanted=0)
    verdict.promise("faults SQLite finds in its file", found=faults_in_the_file(), wanted=0)


def faults_in_the_file() -> int:
    """By SQLite's own examination; none where PostgreSQL keeps the rows on another disk."""
    if connection.vendor != "sqlite":
        return 0
    with sqlite3.connect(connection.settings_dict["NAME"]) as file:
        return sum(row[0] != "ok" for row in file.execute("PRAGMA integrity_check"))


if __name__ == "__main__":
    main()
