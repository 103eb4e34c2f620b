"""Giving and ending a role in an organisation; each is audited."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from toolkit.terms import require_end, require_term

from audit.entries import note_act

from .choices import OrganisationPurpose, OrganisationRoleCode
from .models import Organisation, OrganisationRole, User


class NoFunder(Exception):
    """Raised when somebody is to read the counts of an organisation that funds nothing."""


@transaction.atomic
def give_organisation_role(
    person: User,
    organisation: Organisation,
    role: str,
    *,
    at: datetime,
    by: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OrganisationRole:
    """A role in the organisation, from today unless told, up to and not including `ends_on`.

    Without days it is the person's open role, if they have one. Raises TermRefused where it would overlap another of
    the same kind, NoFunder for a reader of an organisation that is no funder.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two who give it at a moment: the second sees the first's
    same = OrganisationRole.objects.filter(person=person, organisation=organisation, role=role)
    if starts_on is None and ends_on is None and (held := same.filter(ends_on=None).first()):
        return held
    require_funder_for(role, organisation)
    begins = starts_on or at.date()
    require_term(same, begins, ends_on)
    given = OrganisationRole.objects.create(
        person=person, organisation=organisation, role=role, starts_on=begins, ends_on=ends_on, given_by=by
    )
    note_act("organisation_role_given", subject=given, at=at, actor=by, person=person, facts={"role": role})
    return given


def require_funder_for(role: str, organisation: Organisation) -> None:
    """Make sure that whoever reads counts reads a funder's. Raises NoFunder."""
    is_funder = organisation.kinds.filter(kind=OrganisationPurpose.FUNDER).exists()
    if role == OrganisationRoleCode.FUNDER_READER and not is_funder:
        raise NoFunder(_("%(name)s is not a funder. Say so on its own page first.") % {"name": organisation.name})


@transaction.atomic
def move_end_of_role(given: OrganisationRole, *, ends_on: date | None, at: datetime, by: User | None = None) -> None:
    """Another last day, or none. Raises TermRefused."""
    User.objects.select_for_update().get(pk=given.person_id)
    same = OrganisationRole.objects.filter(person=given.person, organisation=given.organisation, role=given.role)
    require_end(same.exclude(pk=given.pk), given.starts_on, ends_on)
    given.ends_on = ends_on
    given.save(update_fields=["ends_on"])
    act = "organisation_role_ended" if ends_on else "organisation_role_kept"
    note_act(act, subject=given, at=at, actor=by, person=given.person, facts={"role": given.role})


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
