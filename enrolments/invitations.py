"""Invitation links: made, read and accepted. The link's secret is never stored."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from toolkit.days import site_day

from audit.entries import note_act
from people.models import Organisation, User
from people.owners import proved_addresses

from .answers import tell_invitation_taken_back
from .booking import book_enrolment
from .choices import InvitationState
from .coming import unanswered
from .models import Cohort, Enrolment, Invitation, InvitationUse
from .places import require_places


class InvitationRefused(Exception):
    """Raised when a link cannot be used; worded for the person who followed it."""


class AddressRefused(InvitationRefused):
    """Raised when the link asks for another address, or for proof that an address is the person's."""

    def __init__(self, words: str, *, is_unproved: bool = False) -> None:
        super().__init__(words)
        self.is_unproved = is_unproved


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
    name: str = "",
    max_uses: int = 1,
    domains: str = "",
    asks_first: bool = False,
    by: User | None = None,
    token: str = "",
) -> tuple[Invitation, str]:
    """A new invitation and its secret, which is shown this once. An address makes it one person's.

    `token` is a secret drawn before: a form sent twice makes one invitation, and gets it back the second time.
    """
    secret = token or new_token()
    invitation, is_new = Invitation.objects.get_or_create(
        token_digest=token_digest(secret),
        defaults={
            "cohort": cohort,
            "organisation": organisation,
            "email": email,
            "name": name,
            "max_uses": max_uses,
            "domains": domains,
            "asks_first": asks_first,
            "created_by": by,
            "created_at": at,
            "expires_at": expires_at,
        },
    )
    if is_new:
        note_act("invitation_made", subject=invitation, at=at, actor=by)
    return invitation, secret


def new_token() -> str:
    """A secret for a link: 192 bits of chance."""
    return secrets.token_urlsafe(24)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, at: datetime, by: User | None = None) -> None:
    """The link opens nothing from now on; whoever it was sent to is told. Doing it twice is doing it once.

    Who came by it stays, and requests that came by it still want an answer.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.revoked_at is not None:
        return
    held.revoked_at = at
    held.save(update_fields=["revoked_at"])
    note_act("invitation_withdrawn", subject=held, at=at, actor=by)
    if held.email and held.expires_at > at and not held.uses.exists():
        tell_invitation_taken_back(held, at=at)


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


def waiting_for(person: User, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations to an address the person has proved, that still work and were not answered; the newest first.

    One into a course they are on already is left out: it would change nothing. So is a kept place, or one of a list, in
    a cohort that is over.
    """
    open_ones = unanswered(on=site_day(at)).filter(expires_at__gt=at)
    on = Enrolment.objects.live().filter(learner=person).values("course")
    theirs = open_ones.annotate(address=Lower("email")).filter(address__in=proved_addresses(person))
    return (
        theirs.exclude(cohort__course__in=on)
        .exclude(by_list=True, cohort__ends_on__lt=site_day(at))
        .select_related("cohort__course", "organisation")
        .order_by("-created_at")
    )


def _gone() -> str:
    return _("This invitation link does not work any more, or was not copied whole. Ask whoever sent it for a new one.")


@transaction.atomic
def accept_invitation(invitation: Invitation, person: User, *, at: datetime) -> Enrolment:
    """Take a seat and book the person in; accepting again returns the same enrolment.

    Somebody who is on the course already keeps that run: no seat is taken and nothing is noted, so that who invited
    them learns nothing. Raises InvitationRefused, or NoPlacesLeft.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    require_addressee(held, person)
    if earlier := held.uses.filter(person=person).select_related("enrolment").first():
        return earlier.enrolment
    if held.revoked_at is not None or held.expires_at <= at:
        raise InvitationRefused(_gone())
    if held.email and not unanswered(on=site_day(at)).filter(pk=held.pk).exists():  # they have left since
        raise InvitationRefused(_gone())
    if run := run_that_stays(held, person):
        return run
    if not held.email:  # an addressed one keeps its place from the day it is made
        require_places(held.cohort, held.organisation, count=1, at=at)
    seat = free_seat(held)
    enrolment = book_enrolment(person, held.cohort, booked_by=held.organisation, at=at, by=person, area=held.area)
    InvitationUse.objects.create(invitation=held, person=person, enrolment=enrolment, seat=seat, used_at=at)
    note_act("invitation_accepted", subject=held, at=at, actor=person, person=person)
    return enrolment


def require_addressee(invitation: Invitation, person: User) -> None:
    """Make sure the invitation is for this person's address. Raises InvitationRefused."""
    email = person.email or ""
    if invitation.email and invitation.email.lower() not in _addresses_of(person):
        raise InvitationRefused(
            _(
                "This invitation was sent to another address. "
                "Sign in with that one, or ask for an invitation of your own."
            )
        )
    if not invitation.admits(email):
        raise AddressRefused(_("This link is for addresses that end in %(ends)s.") % {"ends": ends_of(invitation)})
    if invitation.domains and not _is_proved(person):
        words = _("You have not shown yet that %(address)s is your address, and this link asks for that.")
        raise AddressRefused(words % {"address": email}, is_unproved=True)


def ends_of(invitation: Invitation) -> str:
    """The ends of addresses it is for, in one line."""
    return ", ".join(f"@{end}" for end in invitation.domains.split())


def _addresses_of(person: User) -> set[str]:
    """The address they sign in with and those they have proved to be theirs, in small letters."""
    return {(person.email or "").lower(), *proved_addresses(person)}


def _is_proved(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email__lower=(person.email or "").lower(), verified=True).exists()


def run_that_stays(invitation: Invitation, person: User) -> Enrolment | None:
    """The live run of somebody for whom the invitation would change nothing.

    One that its own organisation booked goes on to `book_enrolment`, which takes a leaver's run up again, and so that
    an addressed invitation is closed by its use.
    """
    live = Enrolment.objects.live().filter(learner=person, course=invitation.cohort.course).first()
    if live is None or live.booked_by_id != invitation.organisation_id:
        return live
    return None if invitation.email or live.booking_ended_on else live


def run_it_booked(invitation: Invitation, person: User) -> Enrolment | None:
    """The live run that the invitation's own organisation has booked for them since: there is nothing left to join.

    Using the invitation still closes it, and frees the place it keeps. A leaver's run is none: it is taken up again.
    """
    if invitation.organisation_id is None:
        return None
    booked = Enrolment.objects.live().filter(learner=person, booked_by=invitation.organisation_id)
    return booked.filter(course=invitation.cohort.course, booking_ended_on=None).select_related("cohort").first()


def free_seat(invitation: Invitation) -> int:
    """The number of the next seat of an invitation that the caller holds. Raises InvitationRefused if none is free."""
    seat = invitation.uses.count() + 1
    if seat > invitation.max_uses:
        raise InvitationRefused(_("All places of this invitation are taken. Ask whoever sent it for a new one."))
    return seat


def with_standing(invitations: QuerySet[Invitation], *, at: datetime) -> QuerySet[Any]:
    """The same, each with `used_count` and `standing` (an InvitationState); the open ones first, then the newest."""
    standing = Case(
        When(revoked_at__isnull=False, then=Value(InvitationState.WITHDRAWN)),
        When(used_count__gte=F("max_uses"), then=Value(InvitationState.USED)),
        When(expires_at__lte=at, then=Value(InvitationState.EXPIRED)),
        default=Value(InvitationState.OPEN),
        output_field=CharField(),
    )
    counted = invitations.annotate(used_count=Count("uses")).annotate(standing=standing)
    is_closed = Case(When(standing=InvitationState.OPEN, then=Value(0)), default=Value(1))
    return counted.select_related("cohort", "created_by").order_by(is_closed, "-created_at", "-pk")
