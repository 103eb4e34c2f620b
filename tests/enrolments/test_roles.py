"""Roles in a cohort and appointments: given once, in the cohort's own day, ended with a day, all in the audit."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from toolkit.terms import TermRefused

from audit.models import AuditEntry
from enrolments.models import Appointment, CohortRole, Enrolment
from enrolments.roles import (
    AppointmentRefused,
    appoint,
    give_cohort_role,
    move_end_of_appointment,
    move_end_of_cohort_role,
)
from people.models import Membership, User
from tests.factories import NOON, cohort, enrolment, organisation, people, person, taught_course

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

    with pytest.raises(AppointmentRefused, match="their own enrolment"), transaction.atomic():
        appoint(cast.amina, run, "assessor", at=NOON)
    with pytest.raises(AppointmentRefused), transaction.atomic():
        appoint(cast.beth, run, "assessor", at=NOON)
    appoint(cast.carol, run, "assessor", at=NOON)
    with pytest.raises(AppointmentRefused, match="supervisor and assessor of one learner"), transaction.atomic():
        appoint(cast.carol, run, "supervisor", at=NOON)

    assert ([one.role for one in Appointment.objects.order_by("pk")], len(_acts())) == (["supervisor", "assessor"], 2)


def _trains(person: User, run: Enrolment) -> None:
    give_cohort_role(person, run.cohort, "trainer", at=NOON)


def _trained(person: User, run: Enrolment) -> None:
    role = give_cohort_role(person, run.cohort, "trainer", at=NOON - 9 * DAY)
    move_end_of_cohort_role(role, ends_on=TODAY - DAY, at=NOON - DAY)


def _supervised(person: User, run: Enrolment) -> None:
    given = appoint(person, run, "supervisor", at=NOON - 9 * DAY)
    move_end_of_appointment(given, ends_on=TODAY - DAY, at=NOON - DAY)


def _works_with(person: User, run: Enrolment) -> None:
    shared = organisation("Saltby Trust")
    for one in (person, run.learner):
        Membership.objects.create(person=one, organisation=shared, started_on=TODAY - 9 * DAY)


def _works_where_booked(person: User, run: Enrolment) -> None:
    assert run.booked_by
    run.learner.memberships.all().delete()  # who left an organisation that booked them is no stranger there
    Membership.objects.create(person=person, organisation=run.booked_by, started_on=TODAY - 9 * DAY)


@pytest.mark.parametrize("tie", [_trains, _trained, _supervised, _works_with, _works_where_booked])
def test_nobody_is_appointed_to_assess_their_trainee_or_colleague_and_an_appointment_rests(
    tie: Callable[[User, Enrolment], None],
) -> None:
    cast = people()
    group = cohort(taught_course().course)
    run = enrolment(cast.amina, group, booked_by=organisation("Larchmere Borough"))
    other = enrolment(person("Zoe"), cohort(group.course, "Another cohort"))
    held = appoint(cast.carol, run, "assessor", at=NOON - 30 * DAY)
    end_before = list(Enrolment.objects.assessed_by(cast.carol, on=TODAY))

    with transaction.atomic():
        held.delete()  # so that the other role may be held; then the appointment is there again
        tie(cast.carol, run)
    with pytest.raises(AppointmentRefused, match="Appoint somebody else"), transaction.atomic():
        appoint(cast.carol, run, "assessor", at=NOON)
    appoint(cast.carol, other, "assessor", at=NOON)
    Appointment.objects.create(person=cast.carol, enrolment=run, role="assessor", starts_on=TODAY)

    assert (end_before, list(Enrolment.objects.assessed_by(cast.carol, on=TODAY))) == ([run], [other])


def test_ended_terms_show_nobody_from_that_day_on_and_are_noted() -> None:
    cast, group = people(), cohort(taught_course().course)
    run = enrolment(cast.amina, group)
    role = give_cohort_role(cast.beth, group, "trainer", at=NOON)
    appointment = appoint(cast.carol, run, "assessor", at=NOON)

    move_end_of_cohort_role(role, ends_on=TODAY + DAY, at=NOON, by=cast.dev)
    move_end_of_appointment(appointment, ends_on=TODAY + DAY, at=NOON, by=cast.dev)

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


def test_appointment_runs_from_a_day_to_a_day_and_its_end_moves() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    held = appoint(cast.carol, run, "supervisor", at=NOON, starts_on=TODAY + DAY, ends_on=TODAY + 3 * DAY)
    days = [Enrolment.objects.appointed_to(cast.carol, "supervisor", on=TODAY + n * DAY).count() for n in range(4)]

    move_end_of_appointment(held, ends_on=None, at=NOON, by=cast.dev)

    held.refresh_from_db()
    assert (days, held.ends_on) == ([0, 1, 1, 0], None)
    assert _acts() == [
        ("appointed", None, cast.carol.pk, {"role": "supervisor"}),
        ("role_kept", cast.dev.pk, cast.carol.pk, {"role": "supervisor"}),
    ]


@pytest.mark.parametrize(
    ("role", "from_day", "to_day", "words"),
    [
        ("supervisor", 2, 1, "The end has to be a later day than the start."),
        ("supervisor", 4, 8, "They hold this role on some of these days already."),
        ("supervisor", 0, None, "They hold this role on some of these days already."),
        ("assessor", 4, 8, "Nobody is supervisor and assessor of one learner at a time."),
    ],
)
def test_appointment_whose_days_cannot_be_is_refused_in_words_and_nothing_is_kept(
    role: str, from_day: int, to_day: int | None, words: str
) -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    held = appoint(cast.carol, run, "supervisor", at=NOON, starts_on=TODAY + 3 * DAY, ends_on=TODAY + 5 * DAY)
    ends_on = None if to_day is None else TODAY + to_day * DAY

    with pytest.raises(TermRefused, match=words):
        appoint(cast.carol, run, role, at=NOON, starts_on=TODAY + from_day * DAY, ends_on=ends_on)

    assert (list(Appointment.objects.all()), len(_acts())) == ([held], 1)


def test_end_of_an_assessors_appointment_moves_no_further_once_there_is_a_tie() -> None:
    cast = people()
    run = enrolment(cast.amina, cohort(taught_course().course))
    held = appoint(cast.carol, run, "assessor", at=NOON, ends_on=TODAY + 5 * DAY)
    give_cohort_role(cast.carol, run.cohort, "trainer", at=NOON)

    with pytest.raises(AppointmentRefused, match="Appoint somebody else"):
        move_end_of_appointment(held, ends_on=None, at=NOON)
    move_end_of_appointment(held, ends_on=TODAY + 2 * DAY, at=NOON)

    held.refresh_from_db()
    assert held.ends_on == TODAY + 2 * DAY
