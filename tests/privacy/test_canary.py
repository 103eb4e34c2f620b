"""A canary person does everything a learner can do, is erased, and is then heard nowhere."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from search.models import Entry
from tests.factories import achievement, cohort, taught_course
from tests.privacy.canary import (
    EMAIL,
    Learner,
    backup_to,
    songs_in,
    songs_in_files,
    songs_in_tables,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learner(settings: Any) -> Learner:
    """With a mailbox of files, as a development site has, and letters whose HTML is kept."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.VAR / "mail"
    taught = taught_course()
    achievement(taught.course)
    return Learner(taught, cohort(taught.course))


def test_canary_sings_everywhere_before_and_nowhere_after_erasure(
    learner: Learner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    credential = learner.live()
    before, files_before = songs_in_tables(), songs_in_files(settings.VAR)
    Client().post("/verify/", {"code": credential.code})

    call_command("erase_learner", EMAIL, "--yes", verbosity=0)

    assert {"people_user", "post_message", "account_emailaddress", "credentials_credential"} <= before.keys()
    assert {name.split("/")[0] for name in files_before} >= {"mail", "private"}
    assert songs_in_tables() == {}
    assert songs_in_files(settings.VAR) == {}
    assert songs_in("\n".join(record.getMessage() for record in caplog.records).encode()) == []
    assert songs_in(str(list(Entry.objects.values())).encode()) == []
    if connection.vendor == "sqlite":
        assert songs_in(backup_to(tmp_path / "backup.sqlite3").read_bytes()) == []
