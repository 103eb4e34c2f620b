"""What a host copies starts programs that are there, with options they take: systemd units and the container file."""

import json
import re
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.config.production import ROOT, ProductionSite

DEPLOY = ROOT / "site" / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVER = shlex.split("gunicorn --config site/config/web_server.py --no-control-socket config.wsgi")


def unit(path: Path) -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path)
    return read


def program_of(path: Path) -> list[str]:
    """What the unit starts, as the words after the program of the environment; through a shell or not."""
    words = shlex.split(unit(path)["Service"]["ExecStart"])
    words = shlex.split(words[-1].removeprefix("exec ")) if words[0] == "/bin/sh" else words
    return [words[0].rpartition(".venv/bin/")[2], *words[1:]]


def container(name: str) -> str:
    """The last instruction of this name, as one line."""
    text = re.sub(r"\\\n\s*", " ", (DEPLOY / "Containerfile").read_text())
    return [line.partition(" ")[2] for line in text.splitlines() if line.startswith(f"{name} ")][-1]


def test_units_start_the_web_server_the_worker_and_a_backup() -> None:
    started = {path.stem.rpartition("-")[2]: program_of(path) for path in UNITS}

    assert started["web"] == SERVER
    assert started["worker"] == ["python", "manage.py", "qcluster"]
    assert started["backup"][:3] == ["python", "manage.py", "backup"]
    assert json.loads(container("CMD"))[-1].endswith("exec .venv/bin/" + " ".join(SERVER))


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_unit_is_closed_in_and_reads_the_environment_that_the_page_names(path: Path) -> None:
    service, page = unit(path)["Service"], (ROOT / "docs" / "running.md").read_text()

    assert (service["User"], service["UMask"], service["StateDirectoryMode"]) == ("learning", "0077", "0700")
    closed = ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelTunables")
    assert {service[name] for name in closed} == {"yes"}
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")
    for place in (service["WorkingDirectory"], service["EnvironmentFile"], path.stem.removesuffix("-backup")):
        assert place in page


@pytest.mark.parametrize("command", ["qcluster", "backup"])
def test_commands_that_a_host_starts_are_there(tmp_path: Path, command: str) -> None:
    site = ProductionSite(tmp_path / "var", f"sqlite:///{tmp_path}/none.sqlite3")

    done = site.manage(command, "--help")

    assert (done.returncode, done.stdout.startswith("usage: manage.py " + command)) == (0, True), done.stderr


def test_web_server_takes_the_options_it_is_started_with(tmp_path: Path) -> None:
    site = ProductionSite(tmp_path / "var", f"sqlite:///{tmp_path}/none.sqlite3")
    command = [sys.executable, "-m", *SERVER[:1], "--check-config", *SERVER[1:]]

    done = subprocess.run(
        command, cwd=ROOT, env=site.environment, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr


def test_backups_are_kept_for_as_long_as_the_page_says() -> None:
    [days] = re.findall(
        r"-mtime \+(\d+) -delete",
        unit(DEPLOY / "systemd" / "learning-together-backup.service")["Service"]["ExecStartPost"],
    )

    assert f"(the units: {days} days)" in (ROOT / "docs" / "running.md").read_text()
