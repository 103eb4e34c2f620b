"""Invitation links: made, read and accepted. The link's secret is never stored."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import Organisation, User

from .booking import book_enrolment
from .models import Cohort, Enrolment, Invitation, InvitationUse


class InvitationRefused(Exception):
    """Raised when a link cannot be used; worded for the person who followed it."""


def token_digest(token: str) -> str:
    """What is stored in place of the secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    cohort: Cohort,
    *,
    organisation: Organisation | None,
    expires_at: datetime,
    at: datetime,
    email: str = "",
    max_uses: int = 1,
    by: User | None = None,
) -> tuple[Invitation, str]:
    """A new invitation and its secret, which is shown this once. An address makes it one person's."""
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        cohort=cohort,
        organisation=organisation,
        token_digest=token_digest(token),
        email=email,
        max_uses=max_uses,
        created_by=by,
        created_at=at,
        expires_at=expires_at,
    )
    note_act("invitation_made", subject=invitation, at=at, actor=by)
    return invitation, token


def read_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationRefused, in the same words for unknown, expired and withdrawn."""
    invitation = (
        Invitation.objects.select_related("cohort__course", "organisation")
        .filter(token_digest=token_digest(token), revoked_at=None, expires_at__gt=at)
        .first()
    )
    if invitation is None:
        raise InvitationRefused(_gone())
    return invitation


def _gone() -> str:
    return _("This invitation link does not work any more, or was not copied whole. Ask whoever sent it for a new one.")


@transaction.atomic
def accept_invitation(invitation: Invitation, person: User, *, at: datetime) -> Enrolment:
    """Take a seat and book the person in; accepting again returns the same enrolment. Raises InvitationRefused."""
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.email and held.email.lower() != (person.email or "").lower():
        raise InvitationRefused(
            _(
                "This invitation was sent to another address. "
                "Sign in with that one, or ask for an invitation of your own."
            )
        )
    if earlier := held.uses.filter(person=person).select_related("enrolment").first():
        return earlier.enrolment
    if held.revoked_at is not None or held.expires_at <= at:
        raise InvitationRefused(_gone())
    seat = held.uses.count() + 1
    if seat > held.max_uses:
        raise InvitationRefused(_("All places of this invitation are taken. Ask whoever sent it for a new one."))
    enrolment = book_enrolment(person, held.cohort, booked_by=held.organisation, at=at, by=person)
    InvitationUse.objects.create(invitation=held, person=person, enrolment=enrolment, seat=seat, used_at=at)
    note_act("invitation_accepted", subject=held, at=at, actor=person, person=person)
    return enrolment
