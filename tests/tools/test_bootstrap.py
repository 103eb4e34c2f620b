"""The first minute of a newcomer: what bootstrap.py says and mends, run as the real program."""

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.tools.running_site import ROOT, clean_environment

BOOTSTRAP = ROOT / "site" / "tools" / "bootstrap.py"
OLD_PYTHON = "import sys; sys.version_info = (3, 9, 2, 'final', 0)"
NO_VENV = """
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "ensurepip" else real(name, package)
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with bootstrap.py, a tool that says hello, and lock files naming one small package made here."""
    tools = tmp_path / "site" / "tools"
    tools.mkdir(parents=True)
    shutil.copy(BOOTSTRAP, tools)
    (tools / "hello.py").write_text("import tiny; print('hello from', tiny.__name__)")
    wheel = make_wheel(tmp_path)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"tiny @ file://{wheel} --hash=sha256:{digest}\n")
    return tmp_path


def make_wheel(folder: Path) -> Path:
    """The smallest package that pip will install."""
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    return wheel


def bootstrap(clone: Path, tool: str = "hello", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the clone's bootstrap.py to its end."""
    command = [sys.executable, str(clone / "site" / "tools" / "bootstrap.py"), tool]
    return subprocess.run(command, env=clean_environment(**environment), capture_output=True, text=True, check=False)


def sitecustomize(clone: Path, program: str) -> str:
    """A folder for PYTHONPATH whose program runs before anything else does."""
    folder = clone / "custom"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(program)
    return str(folder)


def test_bootstrap_is_written_so_that_an_old_python_can_read_it() -> None:
    ast.parse(BOOTSTRAP.read_text(), feature_version=(3, 6))


def test_fresh_clone_installs_then_starts_quickly_then_follows_a_changed_lock(clone: Path) -> None:
    first = bootstrap(clone)
    stamps = list((clone / ".venv").glob(".installed-*"))
    started_at = monotonic()
    second = bootstrap(clone)
    took = monotonic() - started_at
    lock = clone / "requirements.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    third = bootstrap(clone)

    assert [run.returncode for run in (first, second, third)] == [0, 0, 0], first.stderr + second.stderr + third.stderr
    assert all(run.stdout.endswith("hello from tiny\n") for run in (first, second, third))
    assert took < 1.0
    assert len(stamps) == 1
    assert len(list((clone / ".venv").glob(".installed-*"))) == 1
    assert not stamps[0].exists()


def test_old_python_is_refused_in_one_sentence(clone: Path) -> None:
    done = bootstrap(clone, PYTHONPATH=sitecustomize(clone, OLD_PYTHON))

    assert done.returncode == 1
    assert done.stderr == (
        f"Python 3.11 or newer is needed and {sys.executable} is 3.9: install a newer one, or name one with "
        "PYTHON=/path/to/python.\n"
    )
    assert not (clone / ".venv").exists()


def test_missing_venv_module_names_the_package(clone: Path) -> None:
    done = bootstrap(clone, PYTHONPATH=sitecustomize(clone, NO_VENV))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "has no venv module: install the package python3-venv" in done.stderr
    assert not (clone / ".venv").exists()


def test_unwritable_folder_is_refused_in_one_sentence(clone: Path) -> None:
    (clone / ".venv").write_text("a file where the folder should be: this stops root too")

    done = bootstrap(clone)

    assert (done.returncode, done.stderr) == (1, f"Cannot write to {clone}/.venv: File exists.\n")


def test_no_network_is_said_in_one_sentence(clone: Path) -> None:
    (clone / "requirements.txt").write_text("tiny==2.0 --hash=sha256:" + "0" * 64)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": "/dev/null"}

    done = bootstrap(clone, **nowhere)

    assert done.returncode == 1
    assert done.stderr == "The packages could not be downloaded: no network; connect once and run this again.\n"
    assert not list((clone / ".venv").glob(".installed-*"))


def test_install_killed_half_way_is_mended_by_the_next_run(clone: Path) -> None:
    command = [sys.executable, str(clone / "site" / "tools" / "bootstrap.py"), "hello"]
    with subprocess.Popen(command, env=clean_environment(), stdout=subprocess.DEVNULL, start_new_session=True) as half:
        wait_for(clone / ".venv" / "bin" / "python")
        os.killpg(half.pid, signal.SIGKILL)
    left_unfinished = (clone / ".venv" / ".unfinished").exists()

    mended = bootstrap(clone)

    assert left_unfinished
    assert mended.stdout.endswith("hello from tiny\n"), mended.stderr
    assert not (clone / ".venv" / ".unfinished").exists()


def test_unknown_command_is_refused_in_one_sentence(clone: Path) -> None:
    done = bootstrap(clone, tool="fly")

    assert (done.returncode, done.stderr) == (1, "There is no such command in this version: fly.\n")


def wait_for(path: Path) -> None:
    """Until the path is there; fails after 20 seconds."""
    until = monotonic() + 20
    while not path.exists():
        assert monotonic() < until, f"{path} did not appear"
        sleep(0.01)
