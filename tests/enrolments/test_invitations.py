"""Invitation links: the secret is never stored, seats are counted under a lock, an address is one person's."""

import hashlib
from contextlib import nullcontext
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from enrolments.invitations import InvitationRefused, accept_invitation, invite, read_invitation
from enrolments.models import Enrolment, Invitation, InvitationUse
from tests.enrolments.doings import rival_acting_after
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course

pytestmark = pytest.mark.django_db
WEEK = NOON + timedelta(days=7)
TAKEN = "All places of this invitation are taken. Ask whoever sent it for a new one."
NOT_WORKING = "This invitation link does not work any more, or was not copied whole. Ask whoever sent it for a new one."
OTHERS = "This invitation was sent to another address. Sign in with that one, or ask for an invitation of your own."


def test_secret_is_long_shown_once_and_only_its_digest_is_stored() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    group = cohort(taught.course)

    invitation, token = invite(group, organisation=employer, expires_at=WEEK, at=NOON, max_uses=3, by=cast.beth)

    stored = Invitation.objects.values().get()
    assert len(token) >= 32
    assert token not in str(stored)
    assert stored == {
        "id": invitation.pk, "uuid": invitation.uuid, "cohort_id": group.pk, "organisation_id": employer.pk,
        "token_digest": hashlib.sha256(token.encode()).hexdigest(), "email": "", "name": "",
        "max_uses": 3, "domains": "", "asks_first": False, "area_id": None, "agency": "", "by_list": False,
        "created_by_id": cast.beth.pk, "created_at": NOON, "expires_at": WEEK, "revoked_at": None,
        "sent_again_at": None,
    }  # fmt: skip
    assert list(AuditEntry.objects.values_list("act", "subject_id", "actor", "facts")) == [
        ("invitation_made", str(invitation.uuid), cast.beth.pk, {})
    ]
    assert read_invitation(token, at=NOON) == invitation


def test_two_invitations_have_different_secrets() -> None:
    group = cohort(taught_course().course)

    tokens = {invite(group, organisation=None, expires_at=WEEK, at=NOON)[1] for _ in range(20)}

    assert len(tokens) == 20


@pytest.mark.parametrize("fault", ["unknown", "cut short", "digest", "expired", "expires now", "revoked"])
def test_link_that_does_not_work_is_refused_in_the_same_words_whatever_the_reason(fault: str) -> None:
    invitation, token = invite(cohort(taught_course().course), organisation=None, expires_at=WEEK, at=NOON)
    if fault == "revoked":
        Invitation.objects.update(revoked_at=NOON)
    followed = {"unknown": "x" * 32, "cut short": token[:-1], "digest": invitation.token_digest}.get(fault, token)
    moment = {"expired": WEEK + timedelta(days=1), "expires now": WEEK}.get(fault, NOON)

    with pytest.raises(InvitationRefused) as refused:
        read_invitation(followed, at=moment)

    assert str(refused.value) == NOT_WORKING


def test_accepting_books_the_person_takes_a_seat_and_is_noted() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    invitation, _token = invite(cohort(taught.course), organisation=employer, expires_at=WEEK, at=NOON)

    run = accept_invitation(invitation, cast.amina, at=NOON)

    assert (run.learner, run.cohort, run.booked_by, run.state) == (cast.amina, invitation.cohort, employer, "booked")
    assert list(InvitationUse.objects.values_list("invitation", "person", "enrolment", "seat", "used_at")) == [
        (invitation.pk, cast.amina.pk, run.pk, 1, NOON)
    ]
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "actor", "person")) == [
        ("invitation_made", None, None),
        ("organisation_joined", cast.amina.pk, cast.amina.pk),
        ("enrolment_booked", cast.amina.pk, cast.amina.pk),
        ("invitation_accepted", cast.amina.pk, cast.amina.pk),
    ]


def test_accepting_twice_returns_the_same_run_and_takes_one_seat() -> None:
    taught, cast = taught_course(), people()
    invitation, _token = invite(cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, max_uses=2)
    first = accept_invitation(invitation, cast.amina, at=NOON)

    again = accept_invitation(invitation, cast.amina, at=WEEK)

    assert again == first
    assert (InvitationUse.objects.count(), Enrolment.objects.count()) == (1, 1)


def test_more_people_than_seats_are_refused_and_nothing_is_written_for_them() -> None:
    taught, cast = taught_course(), people()
    invitation, _token = invite(cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, max_uses=2)
    accept_invitation(invitation, cast.amina, at=NOON)
    accept_invitation(invitation, cast.lena, at=NOON)

    with pytest.raises(InvitationRefused) as refused:
        accept_invitation(invitation, cast.carol, at=NOON)

    assert str(refused.value) == TAKEN
    assert list(invitation.uses.order_by("seat").values_list("seat", "person")) == [
        (1, cast.amina.pk), (2, cast.lena.pk),
    ]  # fmt: skip
    assert not Enrolment.objects.filter(learner=cast.carol).exists()


def test_seat_taken_by_a_rival_after_ours_was_counted_is_given_to_one_of_them() -> None:
    """Without the lock on the invitation both would count the same free seat; the database lets one have it."""
    taught, cast = taught_course(), people()
    invitation, _token = invite(cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, max_uses=1)
    other = enrolment(cast.lena, invitation.cohort)

    def rival() -> None:
        InvitationUse.objects.create(invitation=invitation, person=cast.lena, enrolment=other, seat=1, used_at=NOON)

    with rival_acting_after("COUNT(*)", rival) as met, pytest.raises(IntegrityError), transaction.atomic():
        accept_invitation(invitation, cast.amina, at=NOON)

    assert len(met) == 1
    assert InvitationUse.objects.count() <= 1
    assert not Enrolment.objects.filter(learner=cast.amina).exists()


@pytest.mark.parametrize("field", ["person", "seat"])
def test_database_refuses_a_seat_or_a_person_twice(field: str) -> None:
    taught, cast = taught_course(), people()
    invitation, _token = invite(cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, max_uses=5)
    run = accept_invitation(invitation, cast.amina, at=NOON)
    twice = {"person": cast.amina, "seat": 2} if field == "person" else {"person": cast.lena, "seat": 1}

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationUse.objects.create(invitation=invitation, enrolment=run, used_at=NOON, **twice)

    assert InvitationUse.objects.count() == 1


def test_addressed_invitation_is_for_its_address_in_any_case_and_refuses_another_person() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    invitation, _token = invite(group, organisation=None, expires_at=WEEK, at=NOON, email="Amina.Rahman@Example.ORG")

    with pytest.raises(InvitationRefused) as refused:
        accept_invitation(invitation, cast.carol, at=NOON)
    run = accept_invitation(invitation, cast.amina, at=NOON)

    assert str(refused.value) == OTHERS
    assert list(Enrolment.objects.all()) == [run]
    assert run.learner == cast.amina


@pytest.mark.parametrize("proved", [True, False])
def test_addressed_invitation_is_for_a_second_address_only_once_that_is_proved(proved: bool) -> None:
    taught, cast = taught_course(), people()
    EmailAddress.objects.create(user=cast.amina, email="amina@Home.example", verified=proved, primary=False)
    invitation, _token = invite(
        cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, email="Amina@home.example"
    )

    with nullcontext() if proved else pytest.raises(InvitationRefused):
        accept_invitation(invitation, cast.amina, at=NOON)

    assert Enrolment.objects.count() == int(proved)


def test_addressed_invitation_refuses_somebody_without_an_address() -> None:
    taught, nobody = taught_course(), person("Nia New")
    type(nobody).objects.filter(pk=nobody.pk).update(email=None)
    EmailAddress.objects.filter(user=nobody).delete()
    nobody.refresh_from_db()
    invitation, _token = invite(
        cohort(taught.course), organisation=None, expires_at=WEEK, at=NOON, email="nia.new@example.org"
    )

    with pytest.raises(InvitationRefused):
        accept_invitation(invitation, nobody, at=NOON)

    assert Enrolment.objects.count() == 0


def test_database_refuses_an_addressed_invitation_for_several() -> None:
    group = cohort(taught_course().course)

    with pytest.raises(IntegrityError), transaction.atomic():
        invite(group, organisation=None, expires_at=WEEK, at=NOON, email="a@example.org", max_uses=2)

    assert (Invitation.objects.count(), AuditEntry.objects.count()) == (0, 0)
