"""Keep a few programs running until told to stop, and leave nothing behind."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep

GRACE_SECONDS = 3.0  # from asking a program to end to ending it
QUICK_DEATH_SECONDS = 5.0
QUICK_DEATHS_ALLOWED = 5
_PR_SET_PDEATHSIG = 1


@dataclass
class Program:
    """One program with a process group of its own, so that all it starts can be ended with it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    quick_deaths: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it, first ending whatever an earlier run of it left."""
        self.kill_group()
        self.started_at = monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            pass_fds=self.pass_fds,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_prepare_child,
        )

    def has_ended(self) -> bool:
        """Whether it is not running now."""
        return self.process is None or self.process.poll() is not None

    def kill_group(self) -> None:
        """End every process of its group at once."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


def _prepare_child() -> None:
    """In the child: ordinary signals whatever we inherited, and an end when the runner is killed (Linux only)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def supervise(programs: Sequence[Program], stopping: threading.Event, *, orphaned: Callable[[], bool]) -> bool:
    """Start again what ends, until asked to stop; False if a program cannot be kept running."""
    while not stopping.wait(0.2):
        if orphaned():
            return True
        for program in programs:
            if program.has_ended() and not _start_again(program):
                return False
    return True


def _start_again(program: Program) -> bool:
    """Start an ended program again and say so; False if it has ended too quickly too often."""
    quick = monotonic() - program.started_at < QUICK_DEATH_SECONDS
    program.quick_deaths = program.quick_deaths + 1 if quick else 0
    code = program.process.returncode if program.process else 0
    why = f"signal {-code}" if code < 0 else f"exit {code}"
    if program.quick_deaths > QUICK_DEATHS_ALLOWED:
        print(f"The {program.name} keeps ending ({why}); its messages are above.", file=sys.stderr)
        return False
    program.start()
    print(f"The {program.name} ended ({why}) and was started again.", flush=True)
    return True


def stop_all(programs: Sequence[Program]) -> None:
    """Ask every program to end, wait a little, then end what is left of their groups."""
    for program in programs:
        if program.process is not None and not program.has_ended():
            program.process.terminate()
    until = monotonic() + GRACE_SECONDS
    while monotonic() < until and not all(program.has_ended() for program in programs):
        sleep(0.05)
    for program in programs:
        program.kill_group()
        if program.process is not None:
            program.process.wait()
