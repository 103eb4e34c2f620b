"""Starting what a drill drives, finding its processes, and leaving nothing behind."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

FIRST_ANSWER_SECONDS = 60.0


@contextmanager
def started(
    command: Sequence[str], log: Path, environment: Mapping[str, str], *, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, with what it says in a file; at the end it and its group are asked to end, then made to."""
    with log.open("ab") as said:
        program = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            pass_fds=pass_fds,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    try:
        yield program
    finally:
        program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(timeout=15)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _end_with_parent() -> None:
    """In the child: when the drill is killed, what it drives is told to end (Linux only)."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_for_line(log: Path, start: str, program: subprocess.Popen[bytes]) -> str:
    """The first line of the file with this start. Raises RuntimeError with the file's end if it does not come."""
    until = monotonic() + FIRST_ANSWER_SECONDS
    while monotonic() < until and program.poll() is None:
        for line in log.read_text(errors="replace").splitlines():
            if line.startswith(start):
                return line
        sleep(0.05)
    raise RuntimeError(f"no line '{start}': {log.read_text(errors='replace')[-2000:]}")


def family(ancestor: int) -> dict[int, tuple[int, str]]:
    """Every process descending from one: its number, its parent and its command line; those already dead left out."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    alive = {int(row[0]): (int(row[1]), row[3] if len(row) > 3 else "") for row in rows if row[2][0] != "Z"}
    found: dict[int, tuple[int, str]] = {}
    wanted = {ancestor}
    while wanted:
        children = {pid: about for pid, about in alive.items() if about[0] in wanted and pid not in found}
        found |= children
        wanted = set(children)
    return found
