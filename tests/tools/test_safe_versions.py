"""The ledger of lowest safe versions, and the step that compares it with what is installed."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from packaging.version import Version
from tools import safe_versions as tool
from tools.safe_versions import BadLedger
from tools.steps import ROOT

ENTRY = """
[Some_Package]
version = "2.10"
advisory = "CVE-2026-1"
address = "https://example.org/CVE-2026-1"
read_on = 2026-11-28
"""


def told(ledger: str, present: Mapping[str, str]) -> bool:
    """Whether the step may pass with this ledger and these packages."""
    return tool.told(tool.read(ledger), {name: Version(version) for name, version in present.items()})


@pytest.mark.parametrize("version", ["2.9", "2.10rc1"])
def test_package_under_its_safe_version_is_named_and_the_step_fails(
    version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = told(ENTRY, {"some-package": version, "other": "1.0"})

    assert (good, capsys.readouterr().out.splitlines()) == (
        False,
        [
            f"some-package {version} is under 2.10, the lowest safe version "
            "(CVE-2026-1, https://example.org/CVE-2026-1)."
        ],
    )


@pytest.mark.parametrize("present", [{"some-package": "2.10"}, {"some-package": "2.10.1"}, {"other": "0.1"}])
def test_safe_or_absent_package_passes_in_silence(present: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert (told(ENTRY, present), capsys.readouterr().out) == (True, "")


def test_accepted_version_is_named_and_passes_only_while_it_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    ledger = ENTRY + 'accepted = "We never call it."\n'

    assert told(ledger, {"some-package": "2.9"}) is True
    assert capsys.readouterr().out.endswith("Accepted: We never call it.\n")

    assert told(ledger, {"some-package": "2.10"}) is False
    assert capsys.readouterr().out == "some-package is safe now: take `accepted` out of safe_versions.toml.\n"


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        (ENTRY.replace('version = "2.10"\n', ""), "Some_Package has no version"),
        (ENTRY.replace("2026-11-28", '"soon"'), "Some_Package has no read_on"),
        (ENTRY.replace('"2.10"', '"the newest"'), "the newest is no version"),
        (ENTRY.replace('"CVE-2026-1"', '"somebody said so"'), "names no advisory"),
        (ENTRY.replace("https:", "ftp:"), "names no advisory"),
        (ENTRY + "versoin = 1\n", "has versoin, which means nothing"),
        (ENTRY + ENTRY.replace("Some_Package", "some-package"), "some-package stands there twice"),
        ("some-package = 2\n", "some-package is not an entry"),
        ("[", "cannot be read"),
    ],
)
def test_entry_that_is_not_whole_is_refused_by_name(ledger: str, words: str) -> None:
    with pytest.raises(BadLedger, match=words):
        tool.read(ledger)


def test_ledger_is_about_what_is_locked_and_holds_for_what_is_installed() -> None:
    ledger = tool.read(tool.LEDGER.read_text(encoding="utf-8"))
    locked = {
        line.partition("==")[0]
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }

    done = subprocess.run(
        [sys.executable, "-m", "tools.safe_versions"], cwd=ROOT / "site", capture_output=True, text=True, check=False
    )

    assert {one.package for one in ledger} - locked == set()
    assert (done.returncode, len(ledger) >= 20) == (0, True), done.stdout + done.stderr


def test_installed_set_is_this_environment_with_what_it_is_checked_with() -> None:
    present = tool.installed()

    assert {"django", "pytest", "factory-boy"} <= set(present)
    assert present["pytest"] == Version(pytest.__version__)


def test_both_test_commands_run_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import check

    ran: dict[str, list[str]] = {}
    monkeypatch.setattr(check, "passes", lambda name, command, environment: not ran.update({name: command}))

    assert check.examine({}) is True
    assert ran["safe versions"][1:] == ["-m", "tools.safe_versions"]
