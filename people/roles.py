"""Giving and ending a role in an organisation; each is audited."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.entries import note_act

from .models import Organisation, OrganisationRole, User


@transaction.atomic
def give_organisation_role(
    person: User, organisation: Organisation, role: str, *, at: datetime, by: User | None = None
) -> OrganisationRole:
    """The person's open role in the organisation, given from this day if they have it not."""
    given, created = OrganisationRole.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=role,
        ends_on=None,
        defaults={"starts_on": at.date(), "given_by": by},
    )
    if created:
        note_act("organisation_role_given", subject=given, at=at, actor=by, person=person, facts={"role": role})
    return given


@transaction.atomic
def end_organisation_role(given: OrganisationRole, *, at: datetime, by: User | None = None) -> None:
    """The role ends with this day: from today on it opens nothing."""
    given.ends_on = at.date()
    given.save(update_fields=["ends_on"])
    note_act("organisation_role_ended", subject=given, at=at, actor=by, person=given.person, facts={"role": given.role})


@transaction.atomic
def move_role_ends(
    person: User,
    organisation: Organisation,
    *,
    to: date | None,
    was: date | None,
    at: datetime,
    by: User | None = None,
) -> None:
    """The person's roles in the organisation end when they leave it: `to`, or with None they stay after all.

    A role that was to end earlier keeps its day; one that ended with the day they were to leave, `was`, moves with it.
    """
    running = Q(ends_on=None) | Q(ends_on__gt=at.date())
    for given in OrganisationRole.objects.select_for_update().filter(running, person=person, organisation=organisation):
        ends_on = _role_end(given, to=to, was=was)
        if given.ends_on != ends_on:
            given.ends_on = ends_on
            given.save(update_fields=["ends_on"])
            act = "organisation_role_ended" if ends_on else "organisation_role_kept"
            note_act(act, subject=given, at=at, actor=by, person=person, facts={"role": given.role})


def _role_end(given: OrganisationRole, *, to: date | None, was: date | None) -> date | None:
    if given.ends_on is None or given.ends_on == was:
        return max(to, given.starts_on) if to else None
    return max(min(given.ends_on, to), given.starts_on) if to else given.ends_on


def organisations_where(person: User, role: str, *, on: date) -> QuerySet[Organisation]:
    """The organisations in which the person holds the role that day."""
    held = OrganisationRole.objects.current(on).filter(person=person, role=role)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name")
