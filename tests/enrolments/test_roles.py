"""Roles in a cohort and appointments: given once, in the cohort's own day, ended with a day, all in the audit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from enrolments.models import Appointment, CohortRole, Enrolment
from enrolments.roles import appoint, end_term, give_cohort_role
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
TODAY, DAY = NOON.date(), timedelta(days=1)


def _acts() -> list[tuple[str, int | None, int | None, dict[str, str]]]:
    entries = AuditEntry.objects.exclude(act="enrolment_booked").order_by("pk")
    return list(entries.values_list("act", "actor", "person", "facts"))


def test_role_in_a_cohort_is_given_once_shows_its_people_and_is_noted() -> None:
    cast, group = people(), cohort(taught_course().course)
    run = enrolment(cast.amina, group)

    given = [give_cohort_role(cast.beth, group, "trainer", at=NOON + n * DAY, by=cast.dev) for n in (0, 1)]

    assert (given[0] == given[1], CohortRole.objects.count(), given[0].starts_on, given[0].given_by) == (
        True, 1, TODAY, cast.dev,
    )  # fmt: skip
    assert list(Enrolment.objects.trained_by(cast.beth, on=TODAY)) == [run]
    assert _acts() == [("cohort_role_given", cast.dev.pk, cast.beth.pk, {"role": "trainer"})]


def test_appointment_is_made_once_and_noted() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))

    made = [appoint(cast.beth, run, "supervisor", at=NOON, by=cast.dev) for _ in range(2)]

    assert (made[0] == made[1], Appointment.objects.count()) == (True, 1)
    assert list(Enrolment.objects.appointed_to(cast.beth, "supervisor", on=TODAY)) == [run]
    assert _acts() == [("appointed", cast.dev.pk, cast.beth.pk, {"role": "supervisor"})]


def test_nobody_is_appointed_to_themself_or_to_both_roles_and_neither_is_noted() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    appoint(cast.beth, run, "supervisor", at=NOON)

    with pytest.raises(ValidationError), transaction.atomic():
        appoint(cast.amina, run, "assessor", at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(cast.beth, run, "assessor", at=NOON)

    assert ([one.role for one in Appointment.objects.all()], len(_acts())) == (["supervisor"], 1)


def test_ended_terms_show_nobody_from_that_day_on_and_are_noted() -> None:
    cast, group = people(), cohort(taught_course().course)
    run = enrolment(cast.amina, group)
    terms = [
        give_cohort_role(cast.beth, group, "trainer", at=NOON),
        appoint(cast.carol, run, "assessor", at=NOON),
    ]

    for term in terms:
        end_term(term, at=NOON + DAY, by=cast.dev)

    days = [
        (
            Enrolment.objects.trained_by(cast.beth, on=TODAY + number * DAY).count(),
            Enrolment.objects.appointed_to(cast.carol, "assessor", on=TODAY + number * DAY).count(),
        )
        for number in (0, 1)
    ]
    assert days == [(1, 1), (0, 0)]
    assert _acts()[2:] == [
        ("role_ended", cast.dev.pk, cast.beth.pk, {"role": "trainer"}),
        ("role_ended", cast.dev.pk, cast.carol.pk, {"role": "assessor"}),
    ]


def test_days_of_a_role_are_the_cohorts_own() -> None:
    group = cohort(taught_course().course, time_zone="Pacific/Auckland")

    given = give_cohort_role(people().beth, group, "trainer", at=datetime(2026, 6, 30, 12, tzinfo=UTC))

    assert given.starts_on == date(2026, 7, 1)
