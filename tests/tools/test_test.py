"""`make test`'s own judgements: what is missing, how many tests ran, and when none is a failure."""

import subprocess
import sys
from pathlib import Path

import pytest
from tools import test as tool
from tools.bootstrap import RefusalError
from tools.steps import ROOT, minutes

FAKE_APT = """#!/bin/sh
echo "$@" >> "{root}/asked"
if [ "$1" = install ]; then for name in chromium postgres redis; do cp "$0" "{root}/bin/lt-$name"; done; fi
"""


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser and no PostgreSQL server; its apt-get writes down what it was asked, and does it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in {"apt-get": FAKE_APT, "sudo": '#!/bin/sh\nshift; exec "$@"\n'}.items():
        (folder / name).write_text(text.format(root=tmp_path))
        (folder / name).chmod(0o755)
    for name in ("CHROMIUM", "TEST_DATABASE_URL", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    monkeypatch.setattr(tool, "server_binaries", lambda: (folder / "lt-postgres").exists())
    monkeypatch.setattr(tool, "BROWSERS", ["lt-chromium"])
    monkeypatch.setattr(tool, "REDIS", "lt-redis")
    monkeypatch.setattr(tool, "SHELL", "lt-shell")
    return tmp_path


def test_missing_programs_are_named_with_their_packages(bare_machine: Path) -> None:
    with pytest.raises(RefusalError) as refusal:
        tool.ensure_programs()

    assert str(refusal.value) == (
        "The tests need what is not here: install postgresql chromium (Debian: apt-get install postgresql chromium)."
    )
    assert not (bare_machine / "asked").exists()


def test_missing_programs_are_installed_in_ci(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    tool.ensure_programs()

    assert (bare_machine / "asked").read_text().splitlines() == [
        "update -q",
        "install -q -y --no-install-recommends postgresql chromium lt-redis lt-shell",
    ]


def test_redis_that_cannot_be_had_is_refused_in_ci(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = bare_machine / "bin" / "apt-get"
    apt.write_text(apt.read_text().replace("postgres redis;", "postgres;"))
    monkeypatch.setenv("CI", "true")

    with pytest.raises(RefusalError, match="install lt-redis"):
        tool.ensure_programs()


def test_browser_without_windows_is_taken_where_there_is_one(bare_machine: Path) -> None:
    for name in ("lt-chromium", "lt-shell"):
        (bare_machine / "bin" / name).write_text("#!/bin/sh\n")
        (bare_machine / "bin" / name).chmod(0o755)

    assert tool.browser_for_tests() == bare_machine / "bin" / "lt-shell"
    assert tool.browser() == bare_machine / "bin" / "lt-chromium"


def test_counts_what_pytest_ran_and_not_what_it_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "def test_one(): pass\n"
        "def test_two(): assert False\n"
        "@pytest.mark.skip(reason='not today')\n"
        "def test_three(): pass\n"
    )
    report = tmp_path / "report.xml"
    options = ["-q", "-p", "no:django", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), f"--junitxml={report}"]

    subprocess.run([sys.executable, "-m", "pytest", *options, str(tmp_path)], cwd=tmp_path, check=False)

    assert tool.tests_run(report) == 2
    assert tool.tests_run(tmp_path / "never-written.xml") == 0


@pytest.mark.parametrize(
    ("counts", "good", "ci", "passes"),
    [
        ({"on SQLite": 3, "on PostgreSQL": 3}, True, "true", True),
        ({"on SQLite": 3, "on PostgreSQL": 0}, True, "true", False),
        ({"on SQLite": 3, "on PostgreSQL": 0}, True, "", True),
        ({"on SQLite": 3, "on PostgreSQL": 3}, False, "", False),
    ],
)
def test_none_of_a_kind_is_a_failure_in_ci(
    counts: dict[str, int], good: bool, ci: str, passes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)

    assert tool.told(counts, good, "1 s") is passes


def test_last_line_says_how_many_ran_where(capsys: pytest.CaptureFixture[str]) -> None:
    tool.told({"on SQLite": 312, "in the browser on SQLite": 9}, True, minutes(423))

    assert capsys.readouterr().out.splitlines() == [
        "All of it passed.",
        "tests: 312 on SQLite, 9 in the browser on SQLite; 7 min 3 s",
    ]


def test_every_story_in_the_browser_is_where_make_test_looks_for_them() -> None:
    marked = [path for path in (ROOT / "tests").rglob("test_*.py") if "mark.browser" in path.read_text()]
    looked = [ROOT / folder for folder in tool.IN_BROWSER[:-1]]

    strays = [
        path for path in marked if not any(folder in path.parents for folder in looked) and path != Path(__file__)
    ]

    assert (strays, len(marked) > 10) == ([], True)
