"""A host's environment is read alike by a shell and by systemd, and the page on running it says what works."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from people.models import User
from tests.config.production import ROOT

EXAMPLE = ROOT / "site" / "deploy" / "environment.example"
PAGE = ROOT / "docs" / "running.md"


def _as_systemd(text: str) -> dict[str, str]:
    """NAME=value lines, whose values may stand between quotation marks (systemd.exec(5), EnvironmentFile=)."""
    lines = [line.partition("=") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: value[1:-1] if value[:1] in ("'", '"') else value for name, _sign, value in lines}


def _as_a_shell(file: Path) -> dict[str, str]:
    command = f"set -e; set -a; . {shlex.quote(str(file))}; set +a; env -0"
    done = subprocess.run(["sh", "-c", command], env={}, capture_output=True, text=True, timeout=10, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(entry.split("=", 1) for entry in done.stdout.split("\0") if entry)


def test_a_shell_reads_the_example_as_systemd_does() -> None:
    read = _as_a_shell(EXAMPLE)

    wanted = _as_systemd(EXAMPLE.read_text())
    assert {name: read.get(name) for name in wanted} == wanted
    assert read["FROM_EMAIL"] == "Learning Together <noreply@learning.example.org>"
    assert read["VAR_DIR"] == "/var/lib/learning-together"


def test_what_is_only_for_several_machines_can_be_taken_out_of_its_comment(tmp_path: Path) -> None:
    file = tmp_path / "environment"
    file.write_text(re.sub(r"(?m)^#(?=[A-Z_0-9]+=)", "", EXAMPLE.read_text()))

    read = _as_a_shell(file)

    assert read["REDIS_URL"] == "redis://:password@cache.internal:6379/0"
    assert {name: read.get(name) for name in _as_systemd(file.read_text())} == _as_systemd(file.read_text())


@pytest.mark.django_db
def test_the_page_confirms_the_first_administrators_address_without_mail() -> None:
    program = re.search(r'-c "\n(.*?)"\n```', PAGE.read_text(), re.DOTALL)
    ada = User.objects.create_superuser("ada@example.org", "a long and winding road", name="Ada")

    assert program is not None
    exec(program[1], {})  # what the page tells hosts to run

    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (ada.pk, "ada@example.org", True, True)
    ]
