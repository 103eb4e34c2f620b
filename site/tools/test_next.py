"""`make test-next`: the tests on the newest Wagtail, in an environment of their own (.venv-next)."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bootstrap import RefusalError, ensure_venv, python_of, run_pip
from tools.check import sqlite_environment
from tools.steps import ROOT, end_on_signals, passes

FOLDER = str(ROOT / ".venv-next")


def main() -> None:
    """Install what is locked, upgrade Wagtail and what it needs beyond the lock, and run the tests on SQLite."""
    end_on_signals()
    try:
        ensure_venv(FOLDER, dev=True)
        run_pip(FOLDER, ["install", "--upgrade", "wagtail"])
    except RefusalError as refusal:
        sys.exit(str(refusal))
    python = python_of(FOLDER)
    program = "import django, wagtail; print('Wagtail', wagtail.__version__, 'on Django', django.__version__)"
    subprocess.run([python, "-c", program], check=True)
    with tempfile.TemporaryDirectory(prefix="lt-next-") as scratch:
        command = [python, "-m", "pytest", "-n", "2", "--maxschedchunk", "1", "-m", "not browser"]
        good = passes("tests", command, environment=sqlite_environment(str(Path(scratch))))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
