"""Cohorts in their own time zone, roles with a start and an end, appointments that make sense."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from enrolments.models import Appointment, Cohort, CohortProvider, CohortRole
from tests.factories import NOON, cohort, enrolment, organisation, people, taught_course, trainer

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        # The clocks go forward at 01:00 UTC on 29 March 2026 and back at 01:00 UTC on 25 October 2026.
        ("Europe/London", datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/London", datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/London", datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/London", datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        ("Europe/London", datetime(2026, 10, 24, 22, 59, tzinfo=UTC), date(2026, 10, 24)),
        ("Europe/London", datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        ("Pacific/Auckland", datetime(2026, 3, 28, 11, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("America/New_York", datetime(2026, 3, 29, 3, 59, tzinfo=UTC), date(2026, 3, 28)),
    ],
)
def test_which_day_it_is_for_a_cohort_around_the_change_of_clocks(zone: str, at: datetime, day: date) -> None:
    assert Cohort(time_zone=zone).today(at) == day


def test_days_of_a_cohort_are_days_and_are_never_shifted() -> None:
    made = cohort(
        taught_course().course,
        starts_on=date(2026, 3, 29),
        ends_on=date(2026, 10, 25),
        time_zone="Pacific/Auckland",
    )

    made.refresh_from_db()
    assert (made.starts_on, made.ends_on) == (date(2026, 3, 29), date(2026, 10, 25))


@pytest.mark.parametrize("zone", ["Europe/Londn", "", "../etc/passwd", "GMT+25"])
def test_time_zone_nobody_knows_is_refused_in_words(zone: str) -> None:
    made = Cohort(course=taught_course().course, name="A", starts_on=TODAY, time_zone=zone)

    with pytest.raises(ValidationError) as refused:
        made.full_clean()

    assert list(refused.value.message_dict) == ["time_zone"]


def test_cohort_cannot_end_before_it_starts() -> None:
    course = taught_course().course

    with pytest.raises(IntegrityError), transaction.atomic():
        cohort(course, ends_on=date(2026, 8, 31))

    assert Cohort.objects.count() == 0


def test_cohort_may_be_delivered_by_several_providers_each_once() -> None:
    group, one, other = cohort(taught_course().course), organisation("One"), organisation("Other")
    for provider in (one, other):
        CohortProvider.objects.create(cohort=group, organisation=provider)

    with pytest.raises(IntegrityError), transaction.atomic():
        CohortProvider.objects.create(cohort=group, organisation=one)

    assert list(group.providers.order_by("name")) == [one, other]


def test_one_open_role_per_person_and_cohort_and_as_many_ended_ones_as_there_were() -> None:
    group, cast = cohort(taught_course().course), people()
    trainer(cast.beth, group, starts_on=TODAY - 9 * DAY, ends_on=TODAY - 5 * DAY)
    trainer(cast.beth, group, starts_on=TODAY - 4 * DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        trainer(cast.beth, group, starts_on=TODAY)
    CohortRole.objects.create(cohort=group, person=cast.beth, role="supervisor", starts_on=TODAY)

    assert list(CohortRole.objects.order_by("pk").values_list("role", flat=True)) == [
        "trainer", "trainer", "supervisor",
    ]  # fmt: skip


def test_nobody_supervises_or_assesses_their_own_run() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))

    with pytest.raises(ValidationError, match="Nobody supervises or assesses their own enrolment"):
        Appointment.objects.create(enrolment=run, person=cast.amina, role="assessor", starts_on=TODAY)

    assert Appointment.objects.count() == 0


def test_nobody_is_supervisor_and_assessor_of_one_run_at_once() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    Appointment.objects.create(enrolment=run, person=cast.beth, role="supervisor", starts_on=TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(enrolment=run, person=cast.beth, role="assessor", starts_on=TODAY)

    assert [one.role for one in Appointment.objects.all()] == ["supervisor"]


def test_names_for_the_desk() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))

    assert (str(run.cohort), str(run)) == ("Autumn cohort", f"{cast.amina.pk} in {run.course_id} (booked)")
