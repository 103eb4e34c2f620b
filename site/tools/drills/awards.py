"""Drill: many processes award the same certificates, each in an order of its own, papers drawn and stored.

Sabotaged: the constraint one_first_award_per_run dropped, which leaves "look, then insert".
"""

import json
import os
import random
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from time import monotonic

import django
from django.conf import settings
from django.utils import timezone
from tools.drills.verdict import Verdict, could_not_run

PROCESSES = 8
AWARDS = int(os.environ.get("AWARDS") or 200)
NEIGHBOURS = 8  # each process shuffles only so far, so that all stay near one another and keep meeting


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    django.setup()
    pinned = met_sets()
    if os.environ.get("SABOTAGE") == "1":
        weaken()
    started_at = monotonic()
    reports = award_in_processes(pinned)
    verdict = Verdict()
    judge(verdict, reports, seconds=monotonic() - started_at)
    verdict.end()


def met_sets() -> list[int]:
    """Pinned sets that were just met. `met_at` is written straight away: how it came about is not this drill's matter.

    The update sends no news, so nothing is awarded yet.
    """
    from tools.drills.people import enrol

    from enrolments.models import PinnedSet

    now = timezone.now()
    runs = enrol(AWARDS, at=now)
    chosen = PinnedSet.objects.filter(enrolment__in=runs, key="module-1")
    chosen.update(met_at=now)
    return list(chosen.values_list("pk", flat=True))


def weaken() -> None:
    """Take away what decides the race in the database."""
    from tools.drills.weaken import drop_constraints

    drop_constraints("credentials", {"Credential": ["one_first_award_per_run"]})


def award_in_processes(pinned: list[int]) -> list[dict[str, int]]:
    """Fork the processes before any has a connection, let them begin together, and collect what they say."""
    from django.db import connections

    connections.close_all()
    with tempfile.TemporaryDirectory(dir=os.environ["VAR_DIR"]) as folder:
        begin, start = os.pipe()
        children = [fork_one(number, pinned, Path(folder), begin, start) for number in range(PROCESSES)]
        os.close(begin)
        os.close(start)  # the last writer is gone: every child reads the end of the pipe at the same moment
        statuses = [os.waitpid(child, 0)[1] for child in children]
        if any(statuses):
            could_not_run("a process did not come to its end")
        return [json.loads(path.read_text()) for path in Path(folder).iterdir()]


def fork_one(number: int, pinned: list[int], folder: Path, begin: int, start: int) -> int:
    """The number of a process that awards everything, writes its report and ends."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.close(start)
        os.read(begin, 1)
        (folder / f"{number}.json").write_text(json.dumps(award_all(own_order(pinned, seed=number))))
        status = 0
    except BaseException:
        traceback.print_exc()
    os._exit(status)


def own_order(pinned: list[int], *, seed: int) -> list[int]:
    """All of them, in an order of this process's own that stays close to everybody else's."""
    chance = random.Random(seed)  # noqa: S311  an order, not a secret
    order = []
    for first in range(0, len(pinned), NEIGHBOURS):
        group = pinned[first : first + NEIGHBOURS]
        order += chance.sample(group, len(group))
    return order


def award_all(pinned: list[int]) -> dict[str, int]:
    """Award every one; how many calls returned a certificate, failed, and how many papers were drawn for it."""
    from credentials import awards
    from credentials.jobs import award_for
    from enrolments.models import PinnedSet

    counts: Counter[str] = Counter()
    really_store = awards.store_paper

    def counted(credential: awards.Credential) -> None:
        counts["drawn"] += 1
        really_store(credential)

    awards.store_paper = counted
    for one in pinned:
        try:
            counts["returned" if award_for(PinnedSet.objects.get(pk=one)) else "failed"] += 1
        except Exception:
            traceback.print_exc()
            counts["failed"] += 1
    return dict(counts)


def judge(verdict: Verdict, reports: list[dict[str, int]], *, seconds: float) -> None:
    """Compare what is in the database and in the private storage with what was promised."""
    from django.db.models import Count

    from credentials.models import Credential
    from post.models import Message

    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(report)
    held = Credential.objects.filter(learner__email__endswith="@drill.example")
    told = Message.objects.filter(kind="credential_awarded", person__email__endswith="@drill.example")
    lost = counts["drawn"] - AWARDS
    if lost <= 0:
        could_not_run("no two processes ever awarded the same certificate at once")
    verdict.note(f"{PROCESSES} processes, {counts['drawn']} papers drawn: {lost} times two met; {seconds:.0f} s")
    verdict.promise("calls that returned a certificate", found=counts["returned"], wanted=PROCESSES * AWARDS)
    verdict.promise("calls that failed", found=counts["failed"], wanted=0)
    verdict.promise("certificates", found=held.count(), wanted=AWARDS)
    twice = held.values("enrolment").annotate(number=Count("pk")).filter(number__gt=1)
    verdict.promise("learners with more than one", found=twice.count(), wanted=0)
    verdict.promise("messages in the outbox", found=told.count(), wanted=AWARDS)
    papers = {path.name for path in Path(settings.VAR, "private", "certificates").iterdir()}
    stored = {Path(name).name for name in Credential.objects.exclude(pdf="").values_list("pdf", flat=True)}
    verdict.promise("papers in the private storage that nobody holds", found=len(papers - stored), wanted=0)
    verdict.promise("certificates whose paper is missing", found=len(stored - papers), wanted=0)


if __name__ == "__main__":
    main()
