"""The benchmark measures every kind of page, and what it says of them can be true."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.bench_measure import cpu_of, spread

from tests.tools.running_site import ROOT, clean_environment

pytestmark = pytest.mark.thorough

SIGNED_IN = ["home", "my_learning", "lesson", "quiz_page", "save", "hand_in", "hand_in_award"]
SMALL = {"ROUNDS": "1", "REQUESTS": "2", "DOCUMENTS": "400", "QUESTIONS": "20", "LISTED": "400", "BOARDS": "5x3"}
PAGES = ["bare", *SIGNED_IN, "verify", "film", "film_part", "briefing", "briefing_pdf"]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads the CPU clock of another process, as Linux does")


@linux_only
def test_bench_on_sqlite_reports_every_page_with_its_figures(tmp_path: Path) -> None:
    paths = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    environment = clean_environment(VAR_DIR=str(tmp_path), PYTHONPATH=paths, **SMALL)

    command = [sys.executable, "-m", "tools.bench", "sqlite"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("load average ")
    report = json.loads((tmp_path / "bench" / "bench.json").read_text())
    assert list(report["databases"]) == ["sqlite"]
    rows = {row["page"]: row for row in report["databases"]["sqlite"]["rows"]}
    assert list(rows) == PAGES
    assert {page: rows[page]["status"] for page in PAGES if rows[page]["status"] != 200} == {
        "hand_in": 302,
        "hand_in_award": 302,
        "film_part": 206,
    }
    assert rows["bare"]["queries"] == 2  # the session and the person
    assert all(rows[page]["queries"] > 2 for page in SIGNED_IN)
    assert rows["film_part"]["bytes"] == 1024 * 1024
    assert rows["briefing_pdf"]["bytes"] > 10_000
    assert all(rows[page]["cpu_ms"]["min"] > 0 and rows[page]["ratio"]["min"] > 0 for page in PAGES)
    assert rows["lesson"]["bytes"] > rows["lesson"]["bytes_gzipped"] > 0
    search = report["databases"]["sqlite"]["search"]
    assert (search["documents"], search["questions"]) == (400, 20)
    assert search["p95_ms"] >= search["median_ms"] > 0
    lists = report["databases"]["sqlite"]["lists"]
    assert (lists["lines"], lists["booked"], lists["invited"]) == (400, 340, 60)
    assert lists["whole_s"] > 0
    board = report["databases"]["sqlite"]["boards"]["5x3"]
    assert (board["ms"] > 0, 0 < board["statements"] <= 30, board["kb_gzipped"] > 0) == (True, True, True)
    assert rows["hand_in_award"]["cpu_ms"]["median"] > rows["bare"]["cpu_ms"]["median"]


@linux_only
def test_cpu_of_another_process_counts_its_work_and_not_its_waiting() -> None:
    program = "import sys; sys.stdin.read(1); sum(range(5_000_000)); print(flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as other:
        before = cpu_of(other.pid)
        other.stdin.write(b".")
        other.stdout.readline()
        worked = cpu_of(other.pid)
        subprocess.run(["sleep", "0.2"], check=True)
        waited = cpu_of(other.pid)
        other.stdin.close()

    assert worked - before > 20_000_000
    assert waited - worked < 20_000_000


def test_spread_of_rounds_is_their_least_middle_and_most() -> None:
    assert spread([3.0, 1.0, 2.0004]) == {"min": 1.0, "median": 2.0, "max": 3.0}
