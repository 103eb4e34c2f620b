"""Drill: for a night the mail server is away, then puts everybody off, then takes everything.

A real SMTP server, two sending processes at once, and a clock that the drill shifts by half an hour at a time.
People hand in meanwhile. Sabotaged: the two senders do not claim a message before they send it.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

import django
from django.utils import timezone
from tools.drills.clients import Answer, Client
from tools.drills.hand_in import close_connection, hand_in_and_follow, ready_attempts, web_server
from tools.drills.programs import FIRST_ANSWER_SECONDS
from tools.drills.verdict import Verdict, could_not_run
from tools.mail_catcher import MailCatcher, catching
from tools.run import reserve_port

SENDERS, LETTERS, HAND_INS = 2, 30, 3
STEP = timedelta(minutes=30)
AWAY_STEPS, REFUSING_STEPS, BACK_STEPS = 10, 9, 4  # five hours, four and a half, two
SOONEST = timedelta(hours=1)  # the longest wait between two tries
SECONDS_A_MAIL = 0.02
TWICE = "letters that arrived more than once"


class Sender:
    """A process that sends what is due at the moments it is given."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tools.drills.mail_worker"]
        self._program = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, moment: datetime) -> None:
        assert self._program.stdin
        self._program.stdin.write(f"{moment.isoformat()}\n")
        self._program.stdin.flush()

    def said(self) -> str:
        """Its next line. Raises RuntimeError if it has ended."""
        assert self._program.stdout
        line = self._program.stdout.readline()
        if not line:
            raise RuntimeError("a sender ended")
        return line.strip()

    def end(self) -> None:
        assert self._program.stdin
        self._program.stdin.close()
        try:
            self._program.wait(timeout=FIRST_ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._program.kill()


@contextmanager
def senders(environment: dict[str, str]) -> Iterator[list[Sender]]:
    """Two of them, ready."""
    with ExitStack() as stack:
        made = []
        for _ in range(SENDERS):
            made.append(Sender(environment))
            stack.callback(made[-1].end)
        for one in made:
            one.said()
        yield made


def main() -> None:
    """Run the drill on the database of DATABASE_URL and exit as its promises were kept."""
    with reserve_port("0") as place:
        port = place.getsockname()[1]  # nobody listens there until the mail server is back
    variables = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    os.environ.update(variables)
    django.setup()
    began = timezone.now()
    attempts = ready_attempts(HAND_INS, at=began)
    write_letters(began)
    close_connection()
    night = Night(port, began)
    with web_server("", **variables) as web, senders({**os.environ, **variables}) as sending:
        night.go_through(sending, web, attempts)
    verdict = Verdict(only=TWICE if os.environ.get("SABOTAGE") == "1" else "")
    judge(verdict, night)
    verdict.end()


def write_letters(at: datetime) -> None:
    """Letters that wait when the night begins; those of the samples have gone."""
    from post.choices import MessageState
    from post.models import Message
    from post.outbox import queue_message

    Message.objects.filter(state=MessageState.WAITING).update(state=MessageState.CANCELLED)
    for number in range(LETTERS):
        address = f"reader-{number}@drill.example"
        queue_message(kind="drill", subject=f"Letter {number}", text="Words.", address=address, at=at)


class Night:
    """What happened in it."""

    def __init__(self, port: int, began: datetime) -> None:
        self.port, self.now = port, began
        self.arrived: Counter[str] = Counter()
        self.handed_in: list[Answer] = []
        self.ready: list[int] = []
        self.early = 0  # letters that went while nobody took any
        self.waiting_after_back = -1

    def go_through(self, sending: list[Sender], web: int, attempts: list[tuple[str, str]]) -> None:
        """Away, refusing, taking; people hand in while it is away."""
        self.early += self._pass(sending, AWAY_STEPS // 2)
        self.handed_in = [hand_in_and_follow(Client(web, key), path) for key, path in attempts]
        self.ready.append(Client(web, "").get("/readyz?only=mail").status)
        self.early += self._pass(sending, AWAY_STEPS - AWAY_STEPS // 2)
        with catching(self.port) as office:
            office.seconds_a_mail, office.refuses = SECONDS_A_MAIL, True
            self.early += self._pass(sending, REFUSING_STEPS)
            office.refuses = False
            self._pass(sending, int(SOONEST / STEP))
            self.waiting_after_back = waiting()
            self._pass(sending, BACK_STEPS)
            self.arrived = arrived(office)

    def _pass(self, sending: list[Sender], steps: int) -> int:
        """So many half hours; how many letters went."""
        went = 0
        for _ in range(steps):
            self.now += STEP
            for one in sending:
                one.begin(self.now)
            went += sum(int(one.said()) for one in sending)
        return went


def arrived(office: MailCatcher) -> Counter[str]:
    """How often each letter came, by its Message-ID."""
    return Counter(mail["Message-ID"].strip() for mail in office.caught)


def waiting() -> int:
    """Letters of the drill that wait."""
    from post.choices import MessageState
    from post.models import Message

    return Message.objects.filter(state=MessageState.WAITING).count()


def judge(verdict: Verdict, night: Night) -> None:
    """Compare what arrived and what was told with what was promised."""
    from credentials.models import Credential
    from post.choices import MessageState
    from post.models import Message

    written = Message.objects.exclude(state=MessageState.CANCELLED).filter(address__endswith="@drill.example")
    wanted = {one.message_id for one in written}
    if len(wanted) < LETTERS + HAND_INS:
        could_not_run("not every letter was written")
    hours = (AWAY_STEPS + REFUSING_STEPS) * STEP / timedelta(hours=1)
    verdict.note(f"{len(wanted)} letters; nobody took any for {hours:.1f} shifted hours; {SENDERS} processes send")
    led = sum(answer.status == 200 for answer in night.handed_in)
    verdict.promise("hand-ins in the night that led to a result", found=led, wanted=HAND_INS)
    awards = Credential.objects.filter(learner__email__endswith="@drill.example").count()
    verdict.promise("certificates awarded in the night", found=awards, wanted=HAND_INS)
    verdict.promise("what /readyz said of the mail server that was away", found=night.ready, wanted=[503])
    verdict.promise("letters noted as sent while nobody took any", found=night.early, wanted=0)
    verdict.promise("letters still waiting an hour after it was back", found=night.waiting_after_back, wanted=0)
    verdict.promise("letters that did not arrive", found=len(wanted - night.arrived.keys()), wanted=0)
    verdict.promise(TWICE, found=sum(count > 1 for count in night.arrived.values()), wanted=0)
    verdict.promise("letters that nobody wrote", found=len(night.arrived.keys() - wanted), wanted=0)
    verdict.promise("letters given up", found=written.filter(state=MessageState.FAILED).count(), wanted=0)


if __name__ == "__main__":
    main()
