"""Who may see whom: the table of docs/data.md, row by row, each with somebody who must not see it."""

from datetime import date, timedelta

import pytest

from enrolments.choices import AppointmentRole, CohortRoleCode
from enrolments.models import Appointment, Cohort, CohortRole, Enrolment
from people.models import Membership, Organisation, User
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course, trainer

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


def _trained(someone: User, on: date = TODAY) -> set[Enrolment]:
    return set(Enrolment.objects.trained_by(someone, on=on))


def _reported(where: Organisation, on: date = TODAY) -> set[Enrolment]:
    return set(Enrolment.objects.reported_by(where, on=on))


def _appointed(someone: User, role: str, on: date = TODAY) -> set[Enrolment]:
    return set(Enrolment.objects.appointed_to(someone, role, on=on))


def test_learner_sees_their_own_runs_and_nobody_elses() -> None:
    taught, other, cast = taught_course(), taught_course("refresher"), people()
    mine = {enrolment(cast.amina, cohort(taught.course)), enrolment(cast.amina, cohort(other.course))}
    enrolment(cast.lena, Cohort.objects.first())

    assert set(Enrolment.objects.belonging_to(cast.amina)) == mine


def test_trainer_sees_everyone_in_their_cohorts_whoever_employs_them_and_another_trainer_sees_none() -> None:
    taught, cast = taught_course(), people()
    hers, theirs = cohort(taught.course), cohort(taught.course, "Another")
    trainer(cast.beth, hers)
    trainer(cast.carol, theirs)
    council, police = organisation("Council"), organisation("Police")
    seen = {
        enrolment(cast.amina, hers, booked_by=council),
        enrolment(person("Nia New"), hers, booked_by=police),
        enrolment(person("Oli Own"), hers),
    }
    elsewhere = enrolment(cast.lena, theirs, booked_by=council)

    assert (_trained(cast.beth), _trained(cast.carol)) == (seen, {elsewhere})
    assert _trained(cast.amina) == _trained(cast.dev) == _trained(cast.lena) == set()


@pytest.mark.parametrize(
    ("starts", "ends", "on", "sees"),
    [
        (0, None, 0, True),
        (0, None, 400, True),
        (1, None, 0, False),
        (-9, 1, 0, True),
        (-9, 0, 0, False),  # the last day is the one before `ends_on`
        (-9, -1, 0, False),
    ],
)
def test_role_in_a_cohort_shows_people_only_while_it_lasts(starts: int, ends: int | None, on: int, sees: bool) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    trainer(cast.beth, group, starts_on=TODAY + starts * DAY, ends_on=None if ends is None else TODAY + ends * DAY)
    run = enrolment(cast.amina, group)

    assert _trained(cast.beth, TODAY + on * DAY) == ({run} if sees else set())


def test_supervisor_of_a_cohort_sees_nobody_by_that_role_alone() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    CohortRole.objects.create(cohort=group, person=cast.beth, role=CohortRoleCode.SUPERVISOR, starts_on=TODAY)
    enrolment(cast.amina, group)

    assert _trained(cast.beth) == set()
    assert _appointed(cast.beth, AppointmentRole.SUPERVISOR) == set()


@pytest.mark.parametrize("role", AppointmentRole.values)
def test_supervisor_and_assessor_see_only_whom_they_are_appointed_to_and_only_in_that_role(role: str) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    run = enrolment(cast.amina, group)
    enrolment(cast.lena, group)
    Appointment.objects.create(enrolment=run, person=cast.beth, role=role, starts_on=TODAY)
    other = next(value for value in AppointmentRole.values if value != role)

    assert (_appointed(cast.beth, role), _appointed(cast.beth, other)) == ({run}, set())
    assert _appointed(cast.carol, role) == _trained(cast.beth) == set()


@pytest.mark.parametrize(("ends", "sees"), [(None, True), (1, True), (0, False), (-1, False)])
def test_ended_appointment_shows_nobody(ends: int | None, sees: bool) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    Appointment.objects.create(
        enrolment=run,
        person=cast.beth,
        role=AppointmentRole.ASSESSOR,
        starts_on=TODAY - 30 * DAY,
        ends_on=None if ends is None else TODAY + ends * DAY,
    )

    assert _appointed(cast.beth, AppointmentRole.ASSESSOR) == ({run} if sees else set())


def test_organisation_reports_on_whom_it_booked_and_on_no_other_colleague() -> None:
    taught = taught_course()
    group, council, police = cohort(taught.course), organisation("Council"), organisation("Police")
    booked = enrolment(person("Amina Rahman"), group, booked_by=council)
    elsewhere = enrolment(person("Pat Police"), group, booked_by=police)
    for who in ("Oli Own", "Nia New"):
        # A colleague who came by themself: an organisation is never inferred from a membership.
        colleague = person(who)
        Membership.objects.create(person=colleague, organisation=council, started_on=TODAY)
        enrolment(colleague, group)

    assert (_reported(council), _reported(police)) == ({booked}, {elsewhere})


@pytest.mark.parametrize(("ended", "sees"), [(None, True), (1, True), (0, False), (-1, False)])
def test_person_who_left_the_organisation_leaves_its_list_and_keeps_their_learning(
    ended: int | None, sees: bool
) -> None:
    taught, cast, council = taught_course(), people(), organisation("Council")
    run = enrolment(cast.amina, cohort(taught.course), booked_by=council)
    run.booking_ended_on = None if ended is None else TODAY + ended * DAY
    run.save()

    assert _reported(council) == ({run} if sees else set())
    assert list(Enrolment.objects.belonging_to(cast.amina)) == [run]


def test_live_and_not_withdrawn_runs() -> None:
    group = cohort(taught_course().course)
    states = ["booked", "active", "on_leave", "completed", "withdrawn"]
    for number, state in enumerate(states):
        run = enrolment(person(f"Person {number}"), group)
        Enrolment.objects.filter(pk=run.pk).update(state=state)

    assert set(Enrolment.objects.live().values_list("state", flat=True)) == set(states[:3])
    assert set(Enrolment.objects.not_withdrawn().values_list("state", flat=True)) == set(states[:4])
