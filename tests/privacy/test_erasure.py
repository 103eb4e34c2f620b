"""Erasing in place: all of it or nothing, once, never under a hold; and what stays goes on meaning what it meant."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from toolkit.personal import Subject

from assessments.choices import AttemptState
from assessments.models import Attempt, Draft, Response, Result
from audit.models import AuditEntry
from credentials.changes import ask_to_revoke, suspend
from credentials.models import Credential, CredentialChange, RevocationRequest
from enrolments.attempts import begin_attempt
from enrolments.choices import EnrolmentState
from enrolments.invitations import InvitationRefused, invite, read_invitation
from enrolments.models import Enrolment, Invitation, PinnedSet, Progress
from enrolments.progress import keep_place, rebuild
from people.models import Membership, User
from post.choices import MessageState
from post.models import Message
from post.outbox import key_of_asker, queue_message
from privacy.choices import RemovalCause
from privacy.download import collect
from privacy.erasure import Removed, erase
from privacy.holds import OnHold
from privacy.models import LegalHold, Removal
from privacy.subjects import find_subject, subject_of
from tests.credentials.earning import Earned, earned
from tests.enrolments.doings import answer
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def erased(who: User, *, at: Any = LATER, **options: Any) -> list[Removed]:
    return erase(subject_of(who), at=at, cause=RemovalCause.ASKED, **options)


def on_hold(who: User, **fields: Any) -> LegalHold:
    return LegalHold.objects.create(person=who, **{"reason": "Appeal 2026-14", "begins_at": NOON, **fields})


@pytest.fixture
def awarded() -> tuple[Earned, Credential]:
    """Amina with a certificate whose page shows her name."""
    made = earned()
    credential = made.award()
    Credential.objects.filter(pk=credential.pk).update(name_shown=True)
    return made, Credential.objects.get(pk=credential.pk)


def test_account_is_blanked_in_place_and_opens_nothing() -> None:
    amina = person("Amina Rahman", is_superuser=True, certificate_name="A. Rahman", agency="police", language="cy")
    amina.groups.add(Group.objects.get_or_create(name="Editors")[0])
    uuid = amina.uuid

    erased(amina)

    amina.refresh_from_db()
    assert (amina.email, amina.name, amina.certificate_name, amina.uuid) == (None, "", "", uuid)
    assert (amina.is_active, amina.is_superuser, amina.groups.count()) == (False, False, 0)
    assert (amina.agency, amina.language, amina.blanked_at) == ("other", "en", LATER)
    assert (str(amina), amina.has_usable_password()) == ("former user", False)


def test_certificate_of_an_erased_person_verifies_without_the_name(
    client: Client, awarded: tuple[Earned, Credential], django_capture_on_commit_callbacks: Any
) -> None:
    made, credential = awarded
    assert "Amina Rahman" in client.get(f"/verify/{credential.shown_code}/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        erased(made.amina)
    page = client.get(f"/verify/{credential.shown_code}/").content.decode()

    assert ("This certificate is valid" in page, "Amina" in page, "Module 1" in page) == (True, False, True)
    assert "The holder’s name is not kept any more." in page
    assert storages["private"].exists(credential.pdf.name) is False


def test_words_on_changes_and_requests_go_and_the_reasons_stay(awarded: tuple[Earned, Credential]) -> None:
    made, credential = awarded
    beth, dev = made.cast.beth, made.cast.dev
    suspend(credential, reason="looked_into", note="Two texts.", by=beth, at=NOON)
    ask_to_revoke(credential, reason="real_case", note="A name in it.", by=dev, at=NOON)
    told = str(collect(subject_of(made.amina)))

    erased(made.amina)

    assert ("Two texts." in told, "A name in it." in told) == (True, True)
    rows = [CredentialChange.objects.get(), RevocationRequest.objects.get()]
    assert [(row.note, row.reason, row.reduced_at) for row in rows] == [
        ("", "looked_into", LATER), ("", "real_case", LATER),
    ]  # fmt: skip


def test_completion_and_pass_outlive_the_answers_they_were_told_from(awarded: tuple[Earned, Credential]) -> None:
    made, _credential = awarded
    keep_place(made.run, made.taught.lessons[0].activity, section="start", at=NOON)
    facts = ("activity", "state", "completed_at", "passed_at")
    before = list(Progress.objects.order_by("pk").values_list(*facts))
    met = list(PinnedSet.objects.values_list("percent", "met_at"))

    erased(made.amina)
    rebuild(made.run)

    assert list(Progress.objects.order_by("pk").values_list(*facts)) == before
    assert list(PinnedSet.objects.values_list("percent", "met_at")) == met == [(100, NOON)]
    assert set(Progress.objects.values_list("place", "place_at")) == {("", None)}
    assert [row.completion_kept_at for row in Progress.objects.all()] == [NOON] * len(before)


def test_answers_go_and_points_stay(awarded: tuple[Earned, Credential]) -> None:
    made, _credential = awarded
    points = list(Result.objects.values_list("points", "passed"))

    erased(made.amina)

    assert set(Response.objects.values_list("value", "removed_at", "removed_why")) == {(None, LATER, "erasure")}
    assert list(Result.objects.values_list("points", "passed")) == points
    assert Draft.objects.count() == 0


def test_attempt_still_open_is_set_aside_and_the_running_course_is_left() -> None:
    taught, amina = taught_course(), people().amina
    run = enrolment(amina, cohort(taught.course))
    answer(begin_attempt(run, taught.assessment, language="en", at=NOON), right=2)

    erased(amina)

    run.refresh_from_db()
    assert run.state == EnrolmentState.WITHDRAWN
    assert [(row.state, row.void_reason) for row in Attempt.objects.all()] == [
        (AttemptState.VOID, "removed with the account")
    ]
    assert Draft.objects.count() == 0


def test_others_keep_everything() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    for one in (cast.amina, cast.carol):
        run = enrolment(one, group)
        answer(begin_attempt(run, taught.assessment, language="en", at=NOON), right=2)
        queue_message(to=one, kind="test", subject="Hello", text="Words", at=NOON)

    erased(cast.amina)

    cast.carol.refresh_from_db()
    assert (cast.carol.name, cast.carol.email) == ("Carol Hughes", "carol.hughes@example.org")
    assert list(Message.objects.filter(person=cast.carol).values_list("text", "state")) == [
        ("Words", MessageState.WAITING)
    ]
    assert set(Draft.objects.values_list("place__attempt__learner", flat=True)) == {cast.carol.pk}
    assert Enrolment.objects.get(learner=cast.carol).state == EnrolmentState.ACTIVE


def test_erasing_again_finds_nothing_and_writes_nothing() -> None:
    amina = people().amina
    erased(amina)
    written = Removal.objects.count()

    again = erased(amina)

    assert (again, Removal.objects.count()) == ([], written)


def test_dry_run_says_the_same_and_changes_nothing(awarded: tuple[Earned, Credential]) -> None:
    made, credential = awarded

    would = erased(made.amina, dry_run=True)
    kept = (User.objects.get(pk=made.amina.pk).name, Removal.objects.count(), Draft.objects.count() > 0)
    did = erased(made.amina)

    assert kept == ("Amina Rahman", 0, True)
    assert would == did
    assert [one.count for one in did if one.table == "credentials.Credential"] == [1]
    assert credential.code in Credential.objects.values_list("code", flat=True)


def test_record_says_how_many_and_why_and_not_what(awarded: tuple[Earned, Credential]) -> None:
    made, _credential = awarded

    erased(made.amina, by=made.cast.lena)

    rows = Removal.objects.filter(table="assessments.Response")
    assert list(rows.values_list("count", "rule", "cause", "person", "by", "at")) == [
        (8, "responses", "asked", made.amina.pk, made.cast.lena.pk, LATER)
    ]
    entry = AuditEntry.objects.get(act="person_erased")
    assert (entry.person_id, entry.actor_id, entry.facts) == (made.amina.pk, made.cast.lena.pk, {"cause": "asked"})


def test_record_of_a_removal_cannot_be_changed() -> None:
    erased(people().amina)

    with pytest.raises(IntegrityError, match="may not be changed"):
        Removal.objects.update(count=0)


def test_hold_stops_erasure_and_says_so() -> None:
    amina = people().amina
    on_hold(amina)

    with pytest.raises(OnHold, match="under a legal hold, so nothing can be erased now"):
        erased(amina)

    amina.refresh_from_db()
    assert (amina.name, Removal.objects.count()) == ("Amina Rahman", 0)


@pytest.mark.parametrize(
    ("begins", "ends", "stops"),
    [
        (NOON, None, True),
        (NOON, LATER + timedelta(seconds=1), True),
        (NOON, LATER, False),
        (LATER, None, True),
        (LATER + timedelta(seconds=1), None, False),
    ],
)
def test_hold_holds_from_its_first_moment_and_not_at_its_last(begins: Any, ends: Any, stops: bool) -> None:
    amina = people().amina
    on_hold(amina, begins_at=begins, ends_at=ends)

    try:
        erased(amina)
        stopped = False
    except OnHold:
        stopped = True

    assert stopped is stops


def test_address_that_was_only_invited_is_erased_and_its_link_withdrawn() -> None:
    group, now = cohort(taught_course().course), timezone.now()
    _invitation, token = invite(
        group, organisation=None, email="nia@example.org", expires_at=now + timedelta(days=9), at=now
    )
    queue_message(address="nia@example.org", kind="invitation", subject="Come", text="Join", at=now)

    erase(find_subject("NIA@example.org"), at=now, cause=RemovalCause.ASKED)

    assert list(Message.objects.values_list("address", "text", "state")) == [("", "", MessageState.CANCELLED)]
    with pytest.raises(InvitationRefused):
        read_invitation(token, at=now)


def test_message_already_told_is_not_told_again_after_erasure() -> None:
    amina = people().amina
    award = {"kind": "award", "subject": "Earned", "text": "Hello", "dedupe_key": "award:1", "at": NOON}
    queue_message(to=amina, **award)

    erased(amina)
    again = queue_message(address="x@example.org", **award)

    assert again is not None
    assert (again.address, again.state, Message.objects.count()) == ("", MessageState.CANCELLED, 1)


@pytest.mark.parametrize(
    ("asker", "state", "goes"),
    [
        ("Ann@example.org", "sent", True),
        ("Ann@example.org", "waiting", False),  # a concern is sent first
        ("joann@example.org", "sent", False),
        ("", "sent", False),  # about her, by somebody else
    ],
)
def test_concern_that_somebody_wants_answered_goes_once_it_is_sent_and_one_about_them_never(
    asker: str, state: str, goes: bool
) -> None:
    ann = person("Ann Ash", "ann@example.org")
    key = f"{key_of_asker(asker)}1" if asker else None
    text = "ann@example.org frightens me."
    queue_message(address="lead@example.org", kind="concern", subject="A concern", text=text, at=NOON, dedupe_key=key)
    if state == "sent":
        Message.objects.update(state=state, sent_at=NOON)

    erased(ann)

    assert ((message := Message.objects.get()).text == "", message.state) == (goes, state)


def test_whoever_receives_concerns_neither_exports_nor_erases_them() -> None:
    lead = person("Lena Lead", "lead@example.org")
    queue_message(address="lead@example.org", kind="concern", subject="A concern", text="canary", at=NOON)

    exported = str(collect(subject_of(lead)))
    erased(lead)

    assert ("canary" in exported, Message.objects.get().text) == (False, "canary")


def test_address_that_is_not_proved_opens_and_takes_nothing_away() -> None:
    mallory, ann = person("Mallory"), person("Ann Ash", "ann@example.org")
    EmailAddress.objects.filter(email="ann@example.org").delete()
    EmailAddress.objects.create(user=mallory, email="ann@example.org", verified=False, primary=False)
    queue_message(to=ann, kind="password_reset_key", subject="A new password", text="canary", at=NOON)
    invite(cohort(taught_course().course), organisation=None, email="ann@example.org", expires_at=LATER, at=NOON)

    exported = str(collect(subject_of(mallory)))
    erased(mallory)

    assert ("canary" in exported, Message.objects.get().text) == (False, "canary")
    assert Invitation.objects.get().email == "ann@example.org"


def test_membership_goes_and_the_booking_stays_for_the_counts() -> None:
    amina, employer = people().amina, organisation()
    Membership.objects.create(person=amina, organisation=employer, started_on=NOON.date())
    enrolment(amina, cohort(taught_course().course), booked_by=employer)

    erased(amina)

    assert Membership.objects.count() == 0
    assert list(Enrolment.objects.values_list("booked_by", flat=True)) == [employer.pk]


def test_failure_half_way_erases_nothing(monkeypatch: pytest.MonkeyPatch, awarded: tuple[Earned, Credential]) -> None:
    made, _credential = awarded
    subject = Subject(made.amina, frozenset({"amina.rahman@example.org"}))

    def out_of_disk(*args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Removal.objects, "bulk_create", out_of_disk)
    with pytest.raises(OSError, match="No space"):
        erase(subject, at=LATER, cause=RemovalCause.ASKED)

    made.amina.refresh_from_db()
    assert made.amina.name == "Amina Rahman"
    assert Response.objects.filter(removed_at__isnull=False).count() == 0
