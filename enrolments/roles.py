"""Giving and ending roles in a cohort and appointments to one learner; each is audited."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from toolkit.terms import require_end, require_term

from audit.entries import note_act
from people.models import User

from .choices import AppointmentRole
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
def give_cohort_role(
    person: User,
    cohort: Cohort,
    role: str,
    *,
    at: datetime,
    by: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> CohortRole:
    """A role in the cohort, from its today unless told, up to and not including `ends_on`.

    Without days it is the person's open role, if they have one. Raises TermRefused where it would overlap another of
    the same kind.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two who give it at a moment: the second sees the first's
    same = CohortRole.objects.filter(person=person, cohort=cohort, role=role)
    if starts_on is None and ends_on is None and (held := same.filter(ends_on=None).first()):
        return held
    begins = starts_on or cohort.today(at)
    require_term(same, begins, ends_on)
    given = CohortRole.objects.create(
        person=person, cohort=cohort, role=role, starts_on=begins, ends_on=ends_on, given_by=by
    )
    note_act("cohort_role_given", subject=given, at=at, actor=by, person=person, facts={"role": role})
    return given


@transaction.atomic
def move_end_of_cohort_role(given: CohortRole, *, ends_on: date | None, at: datetime, by: User | None = None) -> None:
    """Another last day, or none. Raises TermRefused."""
    User.objects.select_for_update().get(pk=given.person_id)
    same = CohortRole.objects.filter(person=given.person, cohort=given.cohort, role=given.role)
    require_end(same.exclude(pk=given.pk), given.starts_on, ends_on)
    given.ends_on = ends_on
    given.save(update_fields=["ends_on"])
    act = "role_ended" if ends_on else "role_kept"
    note_act(act, subject=given, at=at, actor=by, person=given.person, facts={"role": given.role})


@transaction.atomic
def appoint(person: User, enrolment: Enrolment, role: str, *, at: datetime, by: User | None = None) -> Appointment:
    """Make somebody supervisor or assessor of one learner. Raises ValidationError if they are that learner.

    Raises ValidationError, too, for an assessor who teaches or taught the learner or works with them, and
    IntegrityError for a supervisor who assesses them: nobody is both.
    """
    _refuse_conflict(person, enrolment, role, on=enrolment.cohort.today(at))
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


def _refuse_conflict(person: User, enrolment: Enrolment, role: str, *, on: date) -> None:
    is_free = Enrolment.objects.filter(pk=enrolment.pk).assessable_by(person, on=on).exists()
    if role == AppointmentRole.ASSESSOR and not is_free:
        raise ValidationError(_("Nobody assesses somebody they teach, taught or work with. Appoint somebody else."))


@transaction.atomic
def end_term(term: CohortRole | Appointment, *, at: datetime, by: User | None = None) -> None:
    """The role or appointment ends with this day: from today on it opens nothing."""
    cohort = term.cohort if isinstance(term, CohortRole) else term.enrolment.cohort
    term.ends_on = cohort.today(at)
    term.save(update_fields=["ends_on"])
    note_act("role_ended", subject=term, at=at, actor=by, person=term.person, facts={"role": term.role})
