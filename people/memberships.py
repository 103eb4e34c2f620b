"""Joining and leaving an organisation; each is audited. A leaver's row is ended, not removed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from audit.entries import note_act

from .models import Membership, Organisation, User


def members_of(organisation: Organisation, *, on: date) -> QuerySet[User]:
    """The people who belong to the organisation that day."""
    current = Membership.objects.current(on).filter(organisation=organisation)
    return User.objects.filter(pk__in=current.values("person"))


def membership_of(person: User, organisation: Organisation, *, on: date) -> Membership | None:
    """The membership that has not ended that day, if there is one; it may have a last day ahead."""
    return _not_ended(person, organisation, on).first()


def has_left(person: User, organisation: Organisation, *, on: date) -> bool:
    """Whether they belonged to the organisation and do not that day. Who never did, or begins later, has not left."""
    held = Membership.objects.filter(person=person, organisation=organisation, started_on__lte=on)
    return held.exists() and not held.current(on).exists()


def _not_ended(person: User, organisation: Organisation, on: date) -> QuerySet[Membership]:
    held = Membership.objects.filter(person=person, organisation=organisation)
    return held.filter(Q(ended_on=None) | Q(ended_on__gt=on)).order_by("pk")


def join_organisation(person: User, organisation: Organisation, *, at: datetime, by: User | None = None) -> Membership:
    """The person's membership that has not ended, begun today if they have none. A day it is to end on stays."""
    held = _not_ended(person, organisation, at.date())
    if existing := held.first():
        return existing
    try:
        with transaction.atomic():
            made = Membership.objects.create(person=person, organisation=organisation, started_on=at.date())
            note_act("organisation_joined", subject=made, at=at, actor=by, person=person)
            return made
    except IntegrityError:
        # Two clicks; the constraint one_open_membership let the first in.
        return held.get()


def join_many(people: Sequence[User], organisation: Organisation, *, at: datetime) -> dict[int, Membership]:
    """New open memberships for those of them who have none, by the person's key. The caller notes each in the audit.

    One whose end is still ahead is one.
    """
    pks = [person.pk for person in people]
    held = Membership.objects.current(at.date()).filter(person__in=pks, organisation=organisation)
    already = set(held.values_list("person", flat=True))
    made = Membership.objects.bulk_create(
        Membership(person=person, organisation=organisation, started_on=at.date())
        for person in people
        if person.pk not in already
    )
    return {one.person_id: one for one in made}


def leaving_days(people: Sequence[User], organisation: Organisation, *, on: date) -> dict[int, date]:
    """On which day those of them leave the organisation for whom a day ahead is set, by the person's key."""
    current = Membership.objects.current(on).filter(person__in=[one.pk for one in people], organisation=organisation)
    return {person: day for person, day in current.values_list("person", "ended_on") if day}


@transaction.atomic
def end_membership(
    person: User, organisation: Organisation, *, on: date | None, at: datetime, by: User | None = None
) -> None:
    """The person belongs to the organisation no more from that day on; without a day they stay after all.

    Only a membership that has not ended moves, so that whoever left long ago is not brought back. Without one, or with
    one that ends that day already, nothing happens.
    """
    for held in _not_ended(person, organisation, at.date()).select_for_update():
        ends_on = max(on, held.started_on) if on else None
        if held.ended_on != ends_on:
            held.ended_on = ends_on
            held.save(update_fields=["ended_on"])
            note_act("organisation_left" if on else "organisation_kept", subject=held, at=at, actor=by, person=person)
