"""Giving and ending roles in a cohort and appointments to one learner; each is audited."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet

from audit.entries import note_act
from people.models import User

from .models import Appointment, Cohort, CohortRole, Enrolment


def cohort_roles_of_a_person(on: date) -> QuerySet[CohortRole]:
    """Roles in a cohort that a person (`OuterRef("pk")`) holds that day: a rule of people/staff.py."""
    return CohortRole.objects.current(on).filter(person=OuterRef("pk"))


def appointments_of_a_person(on: date) -> QuerySet[Appointment]:
    """The same for supervisors and assessors of single learners."""
    return Appointment.objects.current(on).filter(person=OuterRef("pk"))


def cohorts_where(person: User, role: str, *, on: date) -> QuerySet[Cohort]:
    """The cohorts in which the person holds the role that day."""
    held = CohortRole.objects.current(on).filter(person=person, role=role)
    return Cohort.objects.filter(pk__in=held.values("cohort")).select_related("course").order_by("name")


@transaction.atomic
def give_cohort_role(person: User, cohort: Cohort, role: str, *, at: datetime, by: User | None = None) -> CohortRole:
    """The person's open role in the cohort, given from this day if they have it not."""
    given, created = CohortRole.objects.get_or_create(
        person=person,
        cohort=cohort,
        role=role,
        ends_on=None,
        defaults={"starts_on": cohort.today(at), "given_by": by},
    )
    if created:
        note_act("cohort_role_given", subject=given, at=at, actor=by, person=person, facts={"role": role})
    return given


@transaction.atomic
def appoint(person: User, enrolment: Enrolment, role: str, *, at: datetime, by: User | None = None) -> Appointment:
    """Make somebody supervisor or assessor of one learner. Raises ValidationError if they are that learner.

    Raises IntegrityError if they already hold the other role for this learner: nobody is both.
    """
    appointment, created = Appointment.objects.get_or_create(
        person=person,
        enrolment=enrolment,
        role=role,
        ends_on=None,
        defaults={"starts_on": enrolment.cohort.today(at), "given_by": by},
    )
    if created:
        note_act("appointed", subject=appointment, at=at, actor=by, person=person, facts={"role": role})
    return appointment


@transaction.atomic
def end_term(term: CohortRole | Appointment, *, at: datetime, by: User | None = None) -> None:
    """The role or appointment ends with this day: from today on it opens nothing."""
    cohort = term.cohort if isinstance(term, CohortRole) else term.enrolment.cohort
    term.ends_on = cohort.today(at)
    term.save(update_fields=["ends_on"])
    note_act("role_ended", subject=term, at=at, actor=by, person=term.person, facts={"role": term.role})
