"""Suspended, reinstated, revoked by two people, replaced: once under any race, noted, told, and seen at once."""

import dataclasses
import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connections, transaction

from audit.models import AuditEntry
from credentials.changes import (
    ChangeRefused,
    ask_to_revoke,
    confirm_revocation,
    reinstate,
    set_revocation_aside,
    suspend,
)
from credentials.models import Credential, CredentialChange, RevocationRequest
from people.models import User
from post.letters import parts_of
from post.models import Message
from tests.credentials.changing import GONE, LATER, VERBS, WHY, check_page, papers, renamed, revoked, written
from tests.credentials.earning import earned
from tests.factories import NOON, trainer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_checks_before() -> None:
    cache.clear()


def test_suspending_moves_it_notes_it_tells_its_holder_and_shows_at_once() -> None:
    one = earned()
    credential = one.award()
    before = "It is valid today." in check_page(credential)

    change = suspend(credential, by=one.cast.beth, **WHY)

    assert (before, "It has been suspended since 23 November 2026." in check_page(credential)) == (True, True)
    assert written() == (
        [("issued", "suspended", "looked_into")], ["credential_changed"], ["credential_changed"],
    )  # fmt: skip
    assert (change.by, change.second_person, change.note, change.at) == (one.cast.beth, None, WHY["note"], LATER)
    entry = AuditEntry.objects.get(act="credential_changed")
    assert (entry.subject_id, entry.actor, entry.person, entry.at, entry.facts) == (
        str(credential.uuid), one.cast.beth, one.amina, LATER,
        {"from": "issued", "to": "suspended", "reason": "looked_into"},
    )  # fmt: skip
    letter = Message.objects.get(kind="credential_changed")
    assert (letter.person, letter.subject, letter.language) == (one.amina, "Your certificate: Module 1", "en")
    assert "“Module 1” is suspended." in letter.text
    assert "Why: Something about it is being looked into.\n\nThey write: “We compare two texts.”\n" in letter.text
    assert f"http://testserver/certificate/{credential.uuid}/" in letter.text


def test_note_that_is_an_address_does_not_become_the_button_of_the_letter() -> None:
    one = earned()
    credential = one.award()

    suspend(credential, by=one.cast.beth, **{**WHY, "note": "https://elsewhere.example/"})

    letter = Message.objects.get(kind="credential_changed")
    actions = [part.address for part in parts_of(letter.text) if part.address]
    assert actions == [f"http://testserver/certificate/{credential.uuid}/"]
    assert "They write: “https://elsewhere.example/”" in letter.text


def test_reinstated_it_is_worth_again_what_it_says() -> None:
    one = earned()
    credential = one.award()
    suspend(credential, by=one.cast.beth, **WHY)

    reinstate(credential, by=one.cast.dev, at=LATER)

    assert "It is valid today." in check_page(credential)
    assert written() == (
        [("issued", "suspended", "looked_into"), ("suspended", "issued", "stands")],
        ["credential_changed"] * 2, ["credential_changed"] * 2,
    )  # fmt: skip


def test_asked_for_and_confirmed_by_another_it_is_revoked_for_good() -> None:
    one = earned()
    credential = one.award()
    trainer(one.cast.beth, one.run.cohort)
    trainer(one.cast.dev, one.run.cohort)

    asked = ask_to_revoke(credential, by=one.cast.beth, **GONE)
    still = "It is valid today." in check_page(credential)
    change = confirm_revocation(asked, by=one.cast.dev, at=LATER)

    assert (still, "It was revoked on 23 November 2026 and is not valid." in check_page(credential)) == (True, True)
    assert (change.by, change.second_person, change.reason, change.note) == (
        one.cast.beth, one.cast.dev, "not_own_work", GONE["note"],
    )  # fmt: skip
    asked = RevocationRequest.objects.get()
    assert (asked.state, asked.answered_by, asked.answered_at) == ("confirmed", one.cast.dev, LATER)
    assert written() == (
        [("issued", "revoked", "not_own_work")], ["revocation_asked", "credential_changed"],
        ["revocation_asked", "credential_changed"],
    )  # fmt: skip
    assert AuditEntry.objects.get(act="credential_changed").actor == one.cast.dev
    to_trainer = Message.objects.get(kind="revocation_asked")
    assert to_trainer.person == one.cast.dev
    place = f"/cohort/{one.run.cohort.uuid}/people/{one.run.uuid}/certificates/{credential.uuid}/"
    assert f"http://testserver{place}" in to_trainer.text
    assert one.amina.name not in to_trainer.text + to_trainer.subject


def test_whoever_asked_cannot_confirm() -> None:
    one = earned()
    asked = ask_to_revoke(one.award(), by=one.cast.beth, **GONE)

    with pytest.raises(ChangeRefused, match=r"^You asked for this yourself\."):
        confirm_revocation(asked, by=one.cast.beth, at=LATER)

    assert (Credential.objects.get().state, CredentialChange.objects.count()) == ("issued", 0)


def test_request_set_aside_changes_nothing_and_may_be_made_anew() -> None:
    one = earned()
    credential = one.award()
    asked = ask_to_revoke(credential, by=one.cast.beth, **GONE)

    set_revocation_aside(asked, by=one.cast.dev, at=LATER)
    set_revocation_aside(asked, by=one.cast.beth, at=LATER)
    with pytest.raises(ChangeRefused, match=r"^The request was set aside meanwhile\."):
        confirm_revocation(asked, by=one.cast.dev, at=LATER)
    again = ask_to_revoke(credential, by=one.cast.beth, **GONE)

    assert written() == ([], ["revocation_asked", "revocation_set_aside", "revocation_asked"], [])
    assert (asked.answered_by, again.pk == asked.pk, Credential.objects.get().state) == (one.cast.dev, False, "issued")


def test_revoked_one_cannot_be_set_aside_any_more() -> None:
    one = earned()
    asked = revoked(one, one.award()) and RevocationRequest.objects.get()

    with pytest.raises(ChangeRefused, match=r"^It has been revoked, and that is for good\.$"):
        set_revocation_aside(asked, by=one.cast.dev, at=LATER)


@pytest.mark.parametrize("verb", VERBS)
def test_done_twice_is_done_once(verb: str) -> None:
    one = earned()
    credential = renamed(one)
    if verb == "reinstate":
        suspend(credential, by=one.cast.beth, **WHY)
    first = VERBS[verb](one, credential)
    before = (written(), papers())
    if verb == "revoke":
        again = confirm_revocation(RevocationRequest.objects.get(), by=one.cast.dev, at=LATER)
    else:
        again = VERBS[verb](one, Credential.objects.get(pk=credential.pk))

    assert (again, written(), papers()) == (first, *before)


ALREADY = {
    "suspend": "It is suspended already. Look at why: nothing has changed.",
    "reinstate": "It is not suspended.",
    "ask": "There is an open request already. Look at it: nothing has changed.",
    "revoke": "It has been revoked, and that is for good.",
    "replace": "It was replaced by a newer certificate. Change that one.",
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_somebody_else_did_already_is_refused_in_words_and_leaves_nothing(verb: str) -> None:
    one = earned()
    credential = renamed(one)
    if verb == "reinstate":
        suspend(credential, by=one.cast.beth, **WHY)
    VERBS[verb](one, credential)
    before = (written(), papers())
    others = dataclasses.replace(one, cast=dataclasses.replace(one.cast, beth=one.cast.dev, dev=one.cast.carol))

    with pytest.raises(ChangeRefused) as refused:
        VERBS[verb](others, Credential.objects.get(pk=credential.pk))

    assert (str(refused.value), written(), papers()) == (ALREADY[verb], *before)


def test_third_person_confirming_what_was_confirmed_is_told_so() -> None:
    one = earned()
    revoked(one, one.award())
    before = written()

    with pytest.raises(ChangeRefused, match=r"^It has been revoked, and that is for good\.$"):
        confirm_revocation(RevocationRequest.objects.get(), by=one.cast.carol, at=LATER)

    assert written() == before


@pytest.mark.parametrize("verb", ["suspend", "ask"])
@pytest.mark.parametrize("other", [{"reason": "risk"}, {"note": "Something else."}])
def test_other_words_of_the_same_person_are_not_dropped_in_silence(verb: str, other: dict[str, str]) -> None:
    one = earned()
    credential = one.award()
    VERBS[verb](one, credential)
    act, words = {"suspend": (suspend, WHY), "ask": (ask_to_revoke, GONE)}[verb]

    with pytest.raises(ChangeRefused) as refused:
        act(credential, by=one.cast.beth, **{**words, **other})

    assert str(refused.value) == ALREADY[verb]


@pytest.mark.parametrize(
    ("before", "verb", "words"),
    [
        ((), "reinstate", "It is not suspended."),
        (("revoke",), "suspend", "It has been revoked, and that is for good."),
        (("revoke",), "reinstate", "It has been revoked, and that is for good."),
        (("revoke",), "ask", "It has been revoked, and that is for good."),
        (("revoke",), "replace", "It has been revoked, and that is for good."),
        (("suspend",), "replace", "It is suspended. Let it stand again first."),
        (("ask",), "replace", "Somebody has asked for it to be revoked. Settle that first."),
        (("replace",), "suspend", "It was replaced by a newer certificate. Change that one."),
        (("replace",), "reinstate", "It was replaced by a newer certificate. Change that one."),
        (("replace",), "ask", "It was replaced by a newer certificate. Change that one."),
    ],
)
def test_what_its_state_does_not_allow_is_refused_in_words_and_leaves_nothing(
    before: tuple[str, ...], verb: str, words: str
) -> None:
    one = earned()
    credential = renamed(one)
    for earlier in before:
        VERBS[earlier](one, credential)
    credential.refresh_from_db()
    before = (written(), papers())

    with pytest.raises(ChangeRefused) as refused:
        VERBS[verb](one, credential)

    assert (str(refused.value), written(), papers()) == (words, *before)


@pytest.mark.parametrize("verb", ["suspend", "reinstate", "ask", "replace"])
def test_nobody_changes_their_own(verb: str) -> None:
    one = earned()
    credential = renamed(one)
    if verb == "reinstate":
        suspend(credential, by=one.cast.dev, **WHY)
    own = dataclasses.replace(one, cast=dataclasses.replace(one.cast, beth=one.amina))
    before = (written(), papers())

    with pytest.raises(ChangeRefused, match=r"^This is your own certificate\."):
        VERBS[verb](own, credential)

    assert (written(), papers()) == before


def test_suspended_one_may_be_revoked() -> None:
    one = earned()
    credential = one.award()
    suspend(credential, by=one.cast.beth, **WHY)

    change = revoked(one, credential)

    assert (change.from_state, change.to_state) == ("suspended", "revoked")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["suspend", "ask", "replace"])
def test_six_at_once_do_it_once(verb: str) -> None:
    one = earned()
    credential = renamed(one)
    before = papers()
    ready, came, faults = threading.Barrier(6), [], []

    def work() -> None:
        try:
            ready.wait()
            came.append(VERBS[verb](one, Credential.objects.get(pk=credential.pk)).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (faults, len(set(came)), len(came)) == ([], 1, 6)
    assert len(written()[1]) == 1
    assert len(papers() - before) == (1 if verb == "replace" else 0)


def test_change_that_is_rolled_back_takes_everything_with_it() -> None:
    one = earned()
    credential = one.award()

    with pytest.raises(RuntimeError), transaction.atomic():
        suspend(credential, by=one.cast.beth, **WHY)
        raise RuntimeError("power cut")

    assert (written(), Credential.objects.get().state) == (([], [], []), "issued")


def test_letter_is_in_the_language_its_holder_wants_now() -> None:
    one = earned()
    credential = one.award()
    User.objects.filter(pk=one.amina.pk).update(language="cy")

    suspend(credential, by=one.cast.beth, **WHY)

    letter = Message.objects.get(kind="credential_changed")
    assert (letter.language, f"http://testserver/cy/certificate/{credential.uuid}/" in letter.text) == ("cy", True)
    assert "Helo Amina Rahman," in letter.text


@pytest.mark.parametrize("reason", ["", "looked_into"])
def test_database_refuses_a_change_and_a_request_without_a_reason(reason: str) -> None:
    one = earned()
    credential = one.award()

    def change() -> None:
        CredentialChange.objects.create(
            credential=credential, from_state="issued", to_state="suspended", reason=reason, by=one.cast.beth, at=NOON
        )

    def ask() -> None:
        RevocationRequest.objects.create(credential=credential, reason=reason, asked_by=one.cast.beth, asked_at=NOON)

    for act in (change, ask):
        if reason:
            act()
        else:
            with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
                act()

    counts = (CredentialChange.objects.count(), RevocationRequest.objects.count())
    assert counts == ((1, 1) if reason else (0, 0))


@pytest.mark.parametrize("wrong", ["a second open one", "answered by nobody", "confirmed by whoever asked"])
def test_database_refuses_a_request_that_makes_no_sense(wrong: str) -> None:
    one = earned()
    fields: dict[str, Any] = {
        "credential": one.award(), "reason": "real_case", "asked_by": one.cast.beth, "asked_at": NOON,
    }  # fmt: skip
    RevocationRequest.objects.create(**fields)
    more = {
        "a second open one": {},
        "answered by nobody": {"state": "set_aside"},
        "confirmed by whoever asked": {"state": "confirmed", "answered_by": one.cast.beth, "answered_at": NOON},
    }[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        RevocationRequest.objects.create(**fields, **more)

    assert RevocationRequest.objects.count() == 1
