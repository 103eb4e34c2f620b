"""Booking many at once writes exactly what booking one after the other writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models

from audit.models import AuditEntry
from enrolments.booking import book_enrolment, book_many
from enrolments.models import Enrolment, EnrolmentChange, PinnedSet
from people.memberships import join_organisation
from people.models import Area, Membership, Organisation, User
from tests.enrolments.doings import rival_acting_after
from tests.factories import NOON, cohort, enrolment, organisation, people, person, sealed_set, taught_course

pytestmark = pytest.mark.django_db
DRAWN = {"id", "uuid", "run_id", "subject_id"}  # by chance or by the database


def rows(model: type[models.Model], **which: Any) -> list[dict[str, Any]]:
    """Every column that is not drawn; whose row it is stands as a number in the order of people."""
    found = model._default_manager.filter(**which).order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in DRAWN} for row in found]


def written_for(everybody: list[User]) -> dict[str, Any]:
    """All rows about these people, with each person's key replaced by their place."""
    place = {one.pk: number for number, one in enumerate(everybody)}
    runs = {run.pk: place[run.learner_id] for run in Enrolment.objects.filter(learner__in=everybody)}
    subjects = {str(run.uuid): "run" for run in Enrolment.objects.all()}
    subjects |= {str(one.pk): "membership" for one in Membership.objects.all()}
    found = {
        "memberships": rows(Membership, person__in=everybody),
        "runs": rows(Enrolment, learner__in=everybody),
        "changes": rows(EnrolmentChange, enrolment__learner__in=everybody),
        "sets": sorted(
            rows(PinnedSet, enrolment__learner__in=everybody), key=lambda row: (row["enrolment_id"], row["key"])
        ),
        "audit": rows(AuditEntry, person__in=everybody),
    }
    for row in [row for kind in found.values() for row in kind]:
        row.update({name: place[row[name]] for name in ("person_id", "learner_id") if name in row})
        row.update({"enrolment_id": runs[row["enrolment_id"]]} if "enrolment_id" in row else {})
    about = AuditEntry.objects.filter(person__in=everybody).order_by("pk")
    found["subjects"] = [subjects[entry.subject_id] for entry in about]
    return found


def four(beginning: str, employer: Organisation) -> list[User]:
    """A newcomer, a member, somebody of another agency, and one with an area of their own."""
    made = [person(f"{beginning} {name}") for name in ("Ada", "Bea", "Cai", "Dot")]
    join_organisation(made[1], employer, at=NOON)
    made[2].agency = "police"
    made[2].save()
    return made


def test_people_booked_at_once_have_the_rows_of_people_booked_one_by_one_column_by_column() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    sealed_set(taught.course, [taught.lessons[0].activity], key="other")
    sealed_set(taught.course, [], key="nothing-asked")
    usual, own = (Area.objects.create(key=key, name=key, nation="wales") for key in ("larchmere", "saltby"))
    employer.areas.add(usual, own)
    group = cohort(taught.course)
    singly, together = four("One", employer), four("Many", employer)

    for one in singly:
        area = own if one == singly[3] else None
        book_enrolment(one, group, booked_by=employer, at=NOON, by=cast.lena, area=area)
    runs = book_many(together, group, booked_by=employer, at=NOON, by=cast.lena, areas={together[3].pk: own})

    expected, found = written_for(singly), written_for(together)
    assert [run.learner for run in runs] == together
    assert found == expected
    assert {name: len(kind) for name, kind in found.items()} == {
        "memberships": 4, "runs": 4, "changes": 4, "sets": 12, "audit": 8, "subjects": 8,
    }  # fmt: skip


def test_somebody_with_a_live_run_is_left_alone_when_many_are_booked() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    group = cohort(taught.course)
    before = enrolment(cast.amina, group)

    runs = book_many([cast.amina, cast.beth], group, booked_by=employer, at=NOON)

    assert [run.learner for run in runs] == [cast.beth]
    assert list(Enrolment.objects.filter(learner=cast.amina)) == [before]
    assert not Membership.objects.filter(person=cast.amina).exists()


def test_somebody_booked_by_a_rival_in_the_same_moment_undoes_all_so_that_the_caller_begins_again() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    group = cohort(taught.course)

    with (
        rival_acting_after('FROM "enrolments_enrolment"', lambda: enrolment(cast.amina, group)),
        pytest.raises(IntegrityError),
    ):
        book_many([cast.beth, cast.amina], group, booked_by=employer, at=NOON)

    assert not Membership.objects.exists()
    assert not Enrolment.objects.filter(learner=cast.beth).exists()


def test_many_are_booked_in_as_many_statements_as_few(django_assert_num_queries: Any) -> None:
    taught, employer = taught_course(), organisation()
    group = cohort(taught.course)
    few, many = [person("Ada One")], [person(f"Bea {letter}") for letter in "abcdefgh"]

    with django_assert_num_queries(13):
        book_many(few, group, booked_by=employer, at=NOON)
    with django_assert_num_queries(13):
        book_many(many, group, booked_by=employer, at=NOON)


def test_member_whose_last_day_is_set_is_booked_until_then_and_joins_no_second_time() -> None:
    employer, at_once, alone = organisation(), person("Ann At Once"), person("Ali Alone")
    group, leaves_on = cohort(taught_course().course), NOON.date() + timedelta(days=9)
    for one in (at_once, alone):
        Membership.objects.create(
            person=one, organisation=employer, started_on=NOON.date() - timedelta(days=9), ended_on=leaves_on
        )

    book_many([at_once], group, booked_by=employer, at=NOON)
    book_enrolment(alone, group, booked_by=employer, at=NOON)

    assert set(Enrolment.objects.values_list("learner", "booking_ended_on")) == {
        (at_once.pk, leaves_on), (alone.pk, leaves_on),
    }  # fmt: skip
    assert Membership.objects.count() == 2
