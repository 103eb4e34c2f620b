"""The site as `make run` starts it: the real processes, on a folder, database and port of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, str(ROOT / "site" / "tools" / "run.py")]


def clean_environment(**wanted: str) -> dict[str, str]:
    """The environment without what make, CI or the test run itself put there, and with what is wanted."""
    ours = {"CI", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "PORT", "SAMPLES", "VAR_DIR"}
    return {name: value for name, value in os.environ.items() if name not in ours} | wanted


class RunningSite:
    """`said` is what it printed; `address` has no slash at its end and stays the same when it is started again."""

    def __init__(self, var: Path, database_url: str) -> None:
        self.var = var
        self.log = var / "run.log"
        self.address = ""
        self.said: list[str] = []
        self._port = "0"
        self._database_url = database_url
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The runner's process number. Raises RuntimeError if it was not started."""
        if self._process is None:
            raise RuntimeError("the site was not started")
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it gives its address. Raises RuntimeError with its words if it does not."""
        environment = clean_environment(VAR_DIR=str(self.var), PORT=self._port, DATABASE_URL=self._database_url)
        with self.log.open("a") as errors:
            self._process = subprocess.Popen(
                RUN,
                env=environment | {"PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
                preexec_fn=_ignore_interrupt,
            )
        self.said = []
        for line in self._process.stdout or ():
            self.said.append(line)
            if line.startswith("The site is ready:"):
                self.address = line.split()[4].rstrip("/")
                self._port = self.address.rpartition(":")[2]
                return
        raise RuntimeError("".join(self.said) + self.log.read_text())

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C; the exit status."""
        os.kill(self.pid, number)
        assert self._process is not None
        self._process.communicate(timeout=20)
        return self._process.returncode

    def restart(self) -> None:
        """Stop and start again at the same address."""
        self.stop()
        self.start()


def _ignore_interrupt() -> None:
    """As a non-interactive shell starts its background programs: deaf to INT until they say otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
