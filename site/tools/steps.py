"""Say what is being done, one line a step with its time, and run the programs that steps are made of."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]


class Note:
    """What a step wants said beside its time."""

    text = ""


@contextmanager
def step(name: str) -> Iterator[Note]:
    """Print the step's name, time and note when it is done; nothing if it raises."""
    started_at = monotonic()
    note = Note()
    yield note
    print(f"{name:<20}{monotonic() - started_at:>6.1f} s   {note.text}".rstrip(), flush=True)


def passes(name: str, command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> bool:
    """Run a program in the root folder, print its time, and answer whether it succeeded."""
    started_at = monotonic()
    code = subprocess.call(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    ended = "" if code == 0 else f"   failed ({code})"
    print(f"{name:<20}{monotonic() - started_at:>6.1f} s{ended}", flush=True)
    return code == 0


class Passing:
    """A program that runs beside others: `passed` waits, prints all it said and its time, and answers as `passes`."""

    def __init__(self, name: str, command: Sequence[str], *, environment: Mapping[str, str], said: Path) -> None:
        self.name = name
        self._said = said
        self._started_at = monotonic()
        with said.open("w") as file:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
            )

    def passed(self) -> bool:
        """Whether it succeeded; everything it printed comes first, in one piece."""
        code = self._process.wait()
        ended = "" if code == 0 else f"   failed ({code})"
        print(self._said.read_text(), end="")
        print(f"{self.name:<20}{monotonic() - self._started_at:>6.1f} s{ended}", flush=True)
        return code == 0

    def end(self) -> None:
        """Stop it if it still runs, and wait until it has cleared up behind itself."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def python(*arguments: str) -> list[str]:
    """A command line for this environment's Python."""
    return [sys.executable, *arguments]


def minutes(seconds: float) -> str:
    """A length of time as people say it: '7 min 3 s', '41 s'."""
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"


def end_on_signals() -> None:
    """Let INT and TERM unwind the program, so that what it started is ended.

    Set even where INT is ignored: a non-interactive shell starts background programs that way.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def in_ci() -> bool:
    """Whether nobody is at the keyboard and missing programs may be installed."""
    return bool(os.environ.get("CI"))


def find_program(names: Sequence[str], folders: Sequence[Path] = ()) -> Path | None:
    """The first of these programs that is on PATH or in one of the folders."""
    for name in names:
        for found in [shutil.which(name), *(shutil.which(name, path=str(folder)) for folder in folders)]:
            if found:
                return Path(found)
    return None
