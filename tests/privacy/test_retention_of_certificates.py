"""Of a certificate that ran out long ago code and standing stay; words about it go when nobody needs them."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from credentials.changes import ask_to_revoke, reinstate, set_revocation_aside, suspend
from credentials.models import Credential, CredentialChange, RevocationRequest
from privacy.models import LegalHold
from tests.credentials.earning import earned
from tests.factories import NOON
from tests.privacy.nights import DAYS, all_signed_in, days, run

pytestmark = pytest.mark.django_db


def test_certificate_that_ran_out_seven_years_ago_keeps_code_and_standing(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    made = earned(valid_for_months=12)
    credential = made.award()
    at = NOON + days(366 + DAYS["certificates"] + 2)
    all_signed_in(at)

    with django_capture_on_commit_callbacks(execute=True):
        run(at)
    page = client.get(f"/verify/{credential.shown_code}/").content.decode()

    kept = Credential.objects.get()
    assert (kept.code, kept.state, kept.name, kept.evidence, kept.pdf.name) == (credential.code, "issued", "", {}, "")
    assert ("Module 1" in page, "only its code and its standing are kept" in page) == (False, True)
    assert storages["private"].exists(credential.pdf.name) is False


def test_words_on_changes_and_requests_go_with_what_the_certificate_says() -> None:
    made = earned(valid_for_months=12)
    credential = made.award()
    suspend(credential, reason="looked_into", note="Two texts.", by=made.cast.beth, at=NOON)
    ask_to_revoke(credential, reason="real_case", note="A name in it.", by=made.cast.beth, at=NOON)
    at = NOON + days(366 + DAYS["certificates"] + 2)
    all_signed_in(at)

    gone = run(at)

    assert (gone["credentials.CredentialChange"], gone["credentials.RevocationRequest"]) == (1, 1)
    assert (CredentialChange.objects.get().note, RevocationRequest.objects.get().note) == ("", "")


@pytest.mark.parametrize(("age", "left"), [(DAYS["certificates"] - 1, True), (DAYS["certificates"] + 1, False)])
def test_words_on_what_was_lifted_or_set_aside_go_after_seven_years_though_the_certificate_stands(
    age: float, left: bool
) -> None:
    made = earned()
    credential = made.award()
    beth = made.cast.beth
    suspend(credential, reason="looked_into", note="Two texts.", by=beth, at=NOON)
    reinstate(credential, note="They differ.", by=beth, at=NOON)
    asked = ask_to_revoke(credential, reason="real_case", note="A name in it.", by=beth, at=NOON)
    set_revocation_aside(asked, by=beth, at=NOON)
    all_signed_in(NOON + days(age))

    run(NOON + days(age))

    notes = [*CredentialChange.objects.values_list("note", flat=True), RevocationRequest.objects.get().note]
    assert notes == (["Two texts.", "They differ.", "A name in it."] if left else ["", "", ""])
    assert bool(Credential.objects.get().evidence)


@pytest.mark.parametrize("why", ["still suspended and asked", "on hold"])
def test_words_that_are_still_needed_stay(why: str) -> None:
    made = earned()
    credential = made.award()
    beth = made.cast.beth
    suspend(credential, reason="looked_into", note="Two texts.", by=beth, at=NOON)
    asked = ask_to_revoke(credential, reason="real_case", note="A name in it.", by=beth, at=NOON)
    if why == "on hold":
        LegalHold.objects.create(person=made.amina, reason="Appeal 2026-14", begins_at=NOON)
        reinstate(credential, by=beth, at=NOON)
        set_revocation_aside(asked, by=beth, at=NOON)
    at = NOON + days(DAYS["certificates"] + 1)
    all_signed_in(at)

    run(at)

    assert CredentialChange.objects.earliest("pk").note == "Two texts."
    assert RevocationRequest.objects.get().note == "A name in it."


def test_certificate_that_does_not_run_out_stays_whole() -> None:
    made = earned()
    credential = made.award()
    at = NOON + days(9000)
    all_signed_in(at)

    run(at)

    kept = Credential.objects.get()
    assert (kept.name, kept.evidence, bool(kept.pdf)) == ("Amina Rahman", credential.evidence, True)
