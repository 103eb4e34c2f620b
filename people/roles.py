"""Giving and ending a role in an organisation; each is audited."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

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


def organisations_where(person: User, role: str, *, on: date) -> QuerySet[Organisation]:
    """The organisations in which the person holds the role that day."""
    held = OrganisationRole.objects.current(on).filter(person=person, role=role)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name")
