"""Giving and ending roles in a cohort and appointments to one learner; each is audited."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from toolkit.terms import TermQuerySet, TermRefused, require_end, require_term

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


class AppointmentRefused(TermRefused):
    """Raised where somebody may not look after this learner; worded for whoever appoints."""


@transaction.atomic
def appoint(
    person: User,
    enrolment: Enrolment,
    role: str,
    *,
    at: datetime,
    by: User | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Appointment:
    """Make somebody supervisor or assessor of one learner, from the cohort's today unless told, up to `ends_on`.

    Without days it is the open appointment, if they have one. Raises TermRefused where it would overlap another of the
    same kind, AppointmentRefused for the learner themself, for an assessor who teaches or taught the learner or works
    with them, and for whoever would be supervisor and assessor in one.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two who appoint at a moment: the second sees the first's
    begins = starts_on or enrolment.cohort.today(at)
    theirs = Appointment.objects.filter(person=person, enrolment=enrolment)
    _refuse_both(theirs, role, begins, ends_on)
    _refuse_tie(person, enrolment, role, on=max(begins, enrolment.cohort.today(at)))
    if starts_on is None and ends_on is None and (held := theirs.filter(role=role, ends_on=None).first()):
        return held
    require_term(theirs.filter(role=role), begins, ends_on)
    appointment = Appointment.objects.create(
        person=person, enrolment=enrolment, role=role, starts_on=begins, ends_on=ends_on, given_by=by
    )
    note_act("appointed", subject=appointment, at=at, actor=by, person=person, facts={"role": role})
    return appointment


def _refuse_tie(person: User, enrolment: Enrolment, role: str, *, on: date) -> None:
    if person.pk == enrolment.learner_id:
        raise AppointmentRefused(_("Nobody supervises or assesses their own enrolment."))
    is_free = Enrolment.objects.filter(pk=enrolment.pk).assessable_by(person, on=on).exists()
    if role == AppointmentRole.ASSESSOR and not is_free:
        raise AppointmentRefused(_("Nobody assesses somebody they teach, taught or work with. Appoint somebody else."))


def _refuse_both(held: TermQuerySet, role: str, starts_on: date, ends_on: date | None) -> None:
    """Nobody is supervisor and assessor of one learner on one day."""
    if held.exclude(role=role).overlapping(starts_on, ends_on).exists():
        words = _("Nobody is supervisor and assessor of one learner at a time. End the other appointment first.")
        raise AppointmentRefused(words)


@transaction.atomic
def move_end_of_appointment(given: Appointment, *, ends_on: date | None, at: datetime, by: User | None = None) -> None:
    """Another last day, or none. Raises TermRefused; AppointmentRefused where a longer one would meet a tie."""
    User.objects.select_for_update().get(pk=given.person_id)
    others = Appointment.objects.filter(person=given.person, enrolment=given.enrolment).exclude(pk=given.pk)
    require_end(others.filter(role=given.role), given.starts_on, ends_on)
    kept = Appointment.objects.values_list("ends_on", flat=True).get(pk=given.pk)  # a form has changed `given` already
    if kept is not None and (ends_on is None or ends_on > kept):
        _refuse_both(others, given.role, given.starts_on, ends_on)
        _refuse_tie(given.person, given.enrolment, given.role, on=given.enrolment.cohort.today(at))
    given.ends_on = ends_on
    given.save(update_fields=["ends_on"])
    act = "role_ended" if ends_on else "role_kept"
    note_act(act, subject=given, at=at, actor=by, person=given.person, facts={"role": given.role})
