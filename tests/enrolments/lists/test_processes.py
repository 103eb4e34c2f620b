"""Two leads at once, the same list twice, a worker killed half-way: real processes, and nobody is there twice."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.tools.running_site import ROOT, clean_environment

LINES = 600
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.enrolments.lists.sending import booker, sent, csv_of
from enrolments.lists.jobs import check_list
from enrolments.models import EnrolmentList
larchmere = booker()
lines = [f"p{{n}}@larchmere.example,Person {{chr(97 + n % 26) * 3}}{{chr(97 + n // 26) * 4}}" for n in range({lines})]
for _ in range(2):
    one = sent(larchmere, csv_of(*lines))
    check_list(one.pk)
    one.refresh_from_db()
    for question in one.report["questions"]:
        question["choice"] = "else"
    one.state = "taking_in"
    one.report["taken_in_by"] = larchmere.lead.pk
    one.save()
print(*EnrolmentList.objects.values_list("pk", flat=True))
"""
TAKE_IN = """
import django, sys; django.setup()
from enrolments.lists.jobs import take_in_list
print("ready", flush=True); sys.stdin.readline()
take_in_list(int(sys.argv[1]))
"""
COUNT = """
import django, json; django.setup()
from audit.models import AuditEntry
from enrolments.models import Enrolment, EnrolmentChange, EnrolmentList, Invitation, PinnedSet
from people.models import Membership, User
from post.models import Message
counted = {model.__name__: model.objects.count() for model in
           (Enrolment, EnrolmentChange, Invitation, PinnedSet, Membership, Message)}
counted["User"] = User.objects.filter(email__startswith="p").count()
counted["booked"] = AuditEntry.objects.filter(act="enrolment_booked").count()
lists = [[one.state, one.booked_count, one.invited_count, len(one.rows)] for one in EnrolmentList.objects.all()]
print(json.dumps([counted, sorted(lists, key=str)]))
"""
WRITTEN = {
    "Enrolment": LINES,
    "EnrolmentChange": LINES,
    "Invitation": 0,
    "PinnedSet": LINES,
    "Membership": LINES,
    "Message": LINES,
    "User": LINES,
    "booked": LINES,
}
NOTHING = dict.fromkeys(WRITTEN, 0)


class World:
    """A database of its own, and programs that work on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.environment = clean_environment(
            DATABASE_URL=url,
            DJANGO_SETTINGS_MODULE="config.settings.dev",
            VAR_DIR=str(folder),
            PYTHONPATH=os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        )

    def run(self, program: str) -> str:
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.splitlines()[-1]

    def counted(self) -> Any:
        return json.loads(self.run(COUNT))

    @contextmanager
    def taking_in(self, *lists: str) -> Iterator[list["subprocess.Popen[str]"]]:
        """Processes that begin at the same moment, each with its list."""
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [sys.executable, "-c", TAKE_IN]
        programs = [subprocess.Popen([*command, pk], cwd=ROOT, env=self.environment, **pipes) for pk in lists]
        for program in programs:
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            program.stdin.write("\n")
            program.stdin.flush()
        yield programs
        for program in programs:
            program.communicate()


@pytest.fixture
def world(tmp_path: Path, site_database_url: str) -> World:
    return World(tmp_path, site_database_url)


@pytest.mark.lengthy
def test_nobody_is_there_twice_however_lists_and_workers_meet_and_die(world: World) -> None:
    first, second = world.run(PREPARE.format(lines=LINES)).split()

    # Killed on its way, some moments after it began: nothing at all was written, and the list still waits.
    kills = 0
    for moment in (0.05, 0.2, 0.4):
        with world.taking_in(first) as (worker,):
            until = monotonic() + moment
            while monotonic() < until and worker.poll() is None:
                sleep(0.01)
            if worker.poll() is None:
                os.kill(worker.pid, signal.SIGKILL)
                kills += 1
    counted, lists = world.counted()
    if kills == 3:
        assert counted == NOTHING
        assert lists == [["taking_in", 0, 0, LINES], ["taking_in", 0, 0, LINES]]

    # Two workers with the same list and two with another file that names the same people, all at once.
    with world.taking_in(first, second, first, second) as programs:
        pass

    assert [program.returncode for program in programs] == [0, 0, 0, 0]
    counted, lists = world.counted()
    assert counted == WRITTEN
    assert lists == [["taken_in", 0, 0, 0], ["taken_in", LINES, 0, 0]]
