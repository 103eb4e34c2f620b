"""Who may read a course's lessons."""

from datetime import timedelta

import pytest

from enrolments.access import may_read_as_staff, reading_enrolment
from enrolments.choices import AppointmentRole, CohortRoleCode, EnrolmentState
from enrolments.models import Appointment, CohortRole, Enrolment
from tests.enrolments.doings import complete
from tests.factories import NOON, cohort, enrolment, people, person, taught_course, trainer

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


@pytest.mark.parametrize("state", EnrolmentState.values)
def test_every_run_but_a_withdrawn_one_opens_the_lessons(state: str) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    Enrolment.objects.filter(pk=run.pk).update(state=state)

    assert reading_enrolment(cast.amina, taught.course) == (None if state == "withdrawn" else run)


def test_newest_run_is_the_one_read_through() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    first = enrolment(cast.amina, group)
    complete(first, taught)
    second = enrolment(cast.amina, group, at=NOON + DAY)

    assert reading_enrolment(cast.amina, taught.course) == second


def test_run_of_another_course_or_person_opens_nothing() -> None:
    taught, other, cast = taught_course(), taught_course("refresher"), people()
    enrolment(cast.amina, cohort(other.course))
    enrolment(cast.lena, cohort(taught.course))

    assert reading_enrolment(cast.amina, taught.course) is None


def test_editor_and_administrator_read_as_staff_and_learners_and_strangers_do_not() -> None:
    taught, cast = taught_course(), people()
    enrolment(cast.amina, cohort(taught.course))
    administrator = person("Ada Administrator", is_superuser=True)
    everyone = (cast.dev, administrator, cast.amina, cast.beth, cast.lena)

    answers = [may_read_as_staff(one, taught.course, on=TODAY) for one in everyone]

    assert answers == [True, True, False, False, False]


@pytest.mark.parametrize("role", CohortRoleCode.values)
def test_role_in_a_cohort_of_the_course_reads_as_staff_while_it_lasts(role: str) -> None:
    taught, other, cast = taught_course(), taught_course("refresher"), people()
    CohortRole.objects.create(
        cohort=cohort(taught.course), person=cast.beth, role=role, starts_on=TODAY, ends_on=TODAY + 2 * DAY
    )
    trainer(cast.carol, cohort(other.course))

    days = [may_read_as_staff(cast.beth, taught.course, on=TODAY + number * DAY) for number in (-1, 0, 1, 2)]

    assert days == [False, True, True, False]
    assert may_read_as_staff(cast.carol, taught.course, on=TODAY) is False


@pytest.mark.parametrize("role", AppointmentRole.values)
def test_appointment_to_a_run_of_the_course_reads_as_staff_while_it_lasts(role: str) -> None:
    taught, other, cast = taught_course(), taught_course("refresher"), people()
    run = enrolment(cast.amina, cohort(taught.course))
    Appointment.objects.create(enrolment=run, person=cast.beth, role=role, starts_on=TODAY, ends_on=TODAY + DAY)

    days = [may_read_as_staff(cast.beth, taught.course, on=TODAY + number * DAY) for number in (-1, 0, 1)]

    assert days == [False, True, False]
    assert may_read_as_staff(cast.beth, other.course, on=TODAY) is False
