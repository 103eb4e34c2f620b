"""A canary person does everything a learner can do, is erased, and is then heard nowhere."""

import base64
import json
import logging
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from enrolments.models import PinnedSet
from people.models import User
from search.models import Entry
from tests.factories import achievement, cohort, taught_course
from tests.privacy.canary import (
    CANARIES,
    EMAIL,
    Learner,
    songs_in,
    songs_in_backup,
    songs_in_files,
    songs_in_tables,
)

pytestmark = pytest.mark.django_db(transaction=True)


WRITTEN_IN = {
    "player_reflection", "player_note", "player_learningelsewhere", "assessments_response", "assessments_draft",
    "assessments_score", "assessments_revisionrequest", "enrolments_placerequest",
}  # fmt: skip


@pytest.fixture
def learner(settings: Any) -> Learner:
    """With a mailbox of files, as a development site has, and letters whose HTML is kept."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.VAR / "mail"
    taught = taught_course()
    achievement(taught.course)
    return Learner(taught, cohort(taught.course))


@pytest.mark.lengthy
def test_canary_sings_everywhere_before_and_nowhere_after_erasure(
    learner: Learner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    learner.live()
    before, files_before = songs_in_tables(), songs_in_files(settings.VAR)
    heard_in_backup = songs_in_backup(tmp_path / "before")

    call_command("erase_learner", EMAIL, "--yes", stdout=StringIO())

    assert {"people_user", "post_message", "account_emailaddress", "credentials_credential"} <= before.keys()
    assert before.keys() >= WRITTEN_IN
    assert {name.split("/")[0] for name in files_before} >= {"mail", "private"}
    assert songs_in_tables() == {}
    assert songs_in_files(settings.VAR) == {}
    assert songs_in("\n".join(record.getMessage() for record in caplog.records).encode()) == []
    assert songs_in(str(list(Entry.objects.values())).encode()) == []
    assert (bool(heard_in_backup), songs_in_backup(tmp_path / "after")) == (True, [])


def test_certificate_of_the_canary_still_verifies_and_its_completion_stands(learner: Learner) -> None:
    credential, person = learner.live(), learner.person

    call_command("erase_learner", EMAIL, "--yes", stdout=StringIO())
    page = Client().get(f"/verify/{credential.shown_code}/")

    assert (page.status_code, "This certificate is valid" in page.content.decode()) == (200, True)
    assert songs_in(page.content) == []
    pinned = PinnedSet.objects.get(enrolment__learner=person)
    assert (pinned.percent, pinned.met_at is not None) == (100, True)


def test_canary_may_arrive_again_as_somebody_new(learner: Learner) -> None:
    learner.live()
    call_command("erase_learner", EMAIL, "--yes", stdout=StringIO())

    again = Learner(learner.taught, learner.cohort)
    again.arrive()

    assert User.objects.filter(email=EMAIL).count() == 1
    assert again.run.progress.count() == 0


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_canary_is_heard_in_any_writing(canary: str, before: str) -> None:
    """Guards against ears that hear nothing."""
    plain = f"{before}{canary} and more"
    writings = [
        plain.encode(),
        plain.upper().encode() if plain.isascii() else plain.encode(),
        base64.b64encode(plain.encode()),
        json.dumps(plain).encode(),
        quote(plain).encode(),
        plain.encode("utf-16-le"),
    ]

    assert [canary in songs_in(b"%PDF " + writing + b" tail") for writing in writings] == [True] * len(writings)
