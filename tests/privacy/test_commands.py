"""The three commands, as somebody at a terminal meets them."""

import json
import re
import stat
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.models import Response
from people.models import User
from privacy.models import LegalHold, Removal
from tests.credentials.earning import earned
from tests.factories import people, person

pytestmark = pytest.mark.django_db
AMINA = "amina.rahman@example.org"


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("command", "options"),
    [("export_learner", []), ("erase_learner", []), ("erase_learner", ["--dry-run"]), ("erase_learner", ["--yes"])],
)
def test_unknown_address_ends_non_zero_and_says_so(command: str, options: list[str]) -> None:
    with pytest.raises(CommandError, match=r"Nobody here has the address nobody@example.org\."):
        call_command(command, "nobody@example.org", *options)


def test_export_prints_json_of_the_person_whatever_the_case_of_the_address() -> None:
    people()

    made = json.loads(said("export_learner", AMINA.upper()))

    accounts = [part for part in made["parts"] if part["table"] == "people.user"]
    assert [row["name"] for row in accounts[0]["rows"]] == ["Amina Rahman"]


def test_export_to_a_file_is_for_its_owner_only_and_overwrites_nothing(tmp_path: Path) -> None:
    people()
    file = tmp_path / "amina.html"

    call_command("export_learner", AMINA, "--format", "html", "--output", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "<h1>Your data</h1>" in file.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="could not be written: File exists"):
        call_command("export_learner", AMINA, "--output", str(file))


def test_dry_run_lists_what_would_be_erased_and_erases_nothing() -> None:
    earned()

    listed = said("erase_learner", AMINA, "--dry-run")

    assert listed.splitlines()[0] == "Would be erased:"
    assert "       8  Answers you handed in" in listed
    assert "       1  Your account" in listed
    assert not re.search(r"\b[a-z]+\.[A-Za-z]+\b", listed)  # the label of no table
    assert (User.objects.get(email=AMINA).name, Removal.objects.count()) == ("Amina Rahman", 0)


def test_yes_erases_without_asking() -> None:
    earned()

    listed = said("erase_learner", AMINA, "--yes")

    assert "\nErased:\n" in listed
    assert User.objects.filter(email=AMINA).count() == 0


@pytest.mark.parametrize(("typed", "goes"), [(AMINA, True), ("yes", False), ("", False), (None, False)])
def test_without_yes_the_address_is_asked_for_once_more(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, goes: bool
) -> None:
    people()
    lines = "" if typed is None else f"{typed}\n"
    monkeypatch.setattr("sys.stdin", StringIO(lines))

    if goes:
        call_command("erase_learner", AMINA, stdout=StringIO())
    else:
        with pytest.raises(CommandError, match=r"Nothing was erased\."):
            call_command("erase_learner", AMINA, stdout=StringIO())

    assert User.objects.filter(email=AMINA).exists() is not goes


@pytest.mark.parametrize("proved", [True, False])
def test_second_address_finds_the_person_once_it_is_proved(proved: bool) -> None:
    """Anybody may type anybody's address into their account; whoever asks by it does not mean them."""
    amina = person("Amina Rahman", AMINA)
    amina.emailaddress_set.create(email="second@example.org", verified=proved)  # type: ignore[attr-defined]

    with nullcontext() if proved else pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("erase_learner", "second@example.org", "--yes", stdout=StringIO())

    assert (User.objects.get().email is None) == proved


def test_hold_ends_non_zero_and_says_so() -> None:
    amina = people().amina
    LegalHold.objects.create(person=amina, reason="Appeal", begins_at=timezone.now())

    with pytest.raises(CommandError, match="under a legal hold"):
        call_command("erase_learner", AMINA, "--yes", stdout=StringIO())


def test_retention_reports_first_and_then_removes(settings: Any) -> None:
    earned()
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "responses": 0}

    would = said("apply_retention", "--dry-run")
    kept = Response.objects.filter(removed_at=None).count()
    did = said("apply_retention")

    assert would.splitlines()[0] == "Would be removed:"
    assert "       8  assessments.Response (rule: responses)" in would
    assert did == would.replace("Would be removed", "Removed")
    assert (kept, Response.objects.filter(removed_at=None).count()) == (8, 0)


def test_retention_with_nothing_too_old_says_nothing() -> None:
    people()

    assert said("apply_retention") == "Removed: nothing.\n"
