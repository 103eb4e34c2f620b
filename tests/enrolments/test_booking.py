"""Booking: one live run, pinned to what the course asks today, with agency and area as they are today."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEntry
from courses.choices import ActivityKind
from courses.models import Activity, Module, RequirementSet
from enrolments.booking import book_enrolment, newest_sealed_sets
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment, EnrolmentChange, PinnedSet
from enrolments.states import change_state
from people.models import Area, Membership
from tests.enrolments.doings import complete, percent_of, read, rival_acting_after
from tests.factories import (
    NOON,
    cohort,
    enrolment,
    lesson_page,
    organisation,
    people,
    person,
    sealed_set,
    taught_course,
)

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def test_booking_writes_the_run_its_first_change_its_pinned_set_and_an_audit_entry() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    employer.areas.add(
        Area.objects.create(key="saltby", name="Saltby", nation="england"),
        Area.objects.create(key="larchmere", name="Larchmere", nation="england"),
    )
    group = cohort(taught.course)

    run = book_enrolment(cast.amina, group, booked_by=employer, at=NOON, by=cast.lena)

    run.refresh_from_db()
    assert (run.learner, run.course, run.cohort, run.state, run.booked_by, run.agency, run.area.key, run.booked_at) == (
        cast.amina, taught.course, group, "booked", employer, "social_care", "larchmere", NOON,
    )  # fmt: skip
    assert (run.started_at, run.completed_at, run.withdrawn_at, run.booking_ended_on) == (None, None, None, None)
    assert list(EnrolmentChange.objects.values_list("enrolment", "from_state", "to_state", "at", "by", "why")) == [
        (run.pk, "", "booked", NOON, cast.lena.pk, "")
    ]
    assert list(run.pinned_sets.values_list("key", "requirement_set", "pinned_at", *PinnedSet.DERIVED)) == [
        ("module-1", taught.requirement_set.pk, NOON, 3, 0, 0, None)
    ]
    membership = Membership.objects.get()
    assert (membership.person, membership.organisation, membership.started_on, membership.ended_on) == (
        cast.amina, employer, NOON.date(), None,
    )  # fmt: skip
    entries = AuditEntry.objects.order_by("pk")
    assert list(entries.values_list("act", "subject_kind", "subject_id", "actor", "person", "facts")) == [
        ("organisation_joined", "people.membership", str(membership.pk), cast.lena.pk, cast.amina.pk, {}),
        ("enrolment_booked", "enrolments.enrolment", str(run.uuid), cast.lena.pk, cast.amina.pk, {}),
    ]


def test_booking_without_an_organisation_names_none() -> None:
    taught, cast = taught_course(), people()

    run = enrolment(cast.amina, cohort(taught.course))

    assert (run.booked_by, run.area) == (None, None)


def test_booking_twice_is_booking_once_even_into_another_cohort_of_the_course() -> None:
    taught, cast = taught_course(), people()
    first = enrolment(cast.amina, cohort(taught.course))

    again = book_enrolment(cast.amina, cohort(taught.course, "Another"), booked_by=organisation(), at=LATER)

    assert again == first
    assert Enrolment.objects.count() == EnrolmentChange.objects.count() == AuditEntry.objects.count() == 1


def test_two_clicks_at_once_book_one_run() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    other: list[Enrolment] = []

    with rival_acting_after('FROM "enrolments_enrolment"', lambda: other.append(enrolment(cast.amina, group))) as met:
        mine = enrolment(cast.amina, group)

    assert met
    assert [mine] == other == list(Enrolment.objects.all())
    assert (EnrolmentChange.objects.count(), PinnedSet.objects.count(), AuditEntry.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("state", [EnrolmentState.BOOKED, EnrolmentState.ACTIVE, EnrolmentState.ON_LEAVE])
def test_database_refuses_a_second_live_run(state: str) -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    Enrolment.objects.filter(pk=run.pk).update(state=state)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            learner=cast.amina, course=taught.course, cohort=run.cohort, agency="other", booked_at=NOON
        )

    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize("ended", [EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN])
def test_second_run_after_the_first_ended_is_a_new_row_with_a_run_id_of_its_own(ended: str) -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    first = enrolment(cast.amina, group)
    if ended == EnrolmentState.COMPLETED:
        complete(first, taught)
    else:
        change_state(first, EnrolmentState.WITHDRAWN, at=NOON)

    second = enrolment(cast.amina, group, at=LATER)

    first.refresh_from_db()
    assert (first.state, second.state) == (ended, "booked")
    assert len({first.pk, second.pk}) == len({first.uuid, second.uuid}) == len({first.run_id, second.run_id}) == 2
    assert (percent_of(second), second.progress.count()) == ({"module-1": 0}, 0)


def test_runs_of_two_people_and_of_two_courses_stand_side_by_side() -> None:
    cast, one, other = people(), taught_course(), taught_course("refresher")
    group = cohort(one.course)

    runs = {enrolment(cast.amina, group), enrolment(cast.lena, group), enrolment(cast.amina, cohort(other.course))}

    assert set(Enrolment.objects.live()) == runs
    assert len(runs) == 3


def test_newest_sealed_version_of_each_set_is_pinned_and_an_unsealed_one_is_not() -> None:
    taught, cast = taught_course(), people()
    activities = [lesson.activity for lesson in taught.lessons]
    newer = sealed_set(taught.course, activities, version=2)
    other = sealed_set(taught.course, activities, key="foundation")
    RequirementSet.objects.create(course=taught.course, key="module-1", version=3, created_at=NOON)
    elsewhere = taught_course("refresher")

    run = enrolment(cast.amina, cohort(taught.course))

    assert newest_sealed_sets(run.cohort) == [other, newer]
    assert dict(run.pinned_sets.values_list("key", "requirement_set")) == {"module-1": newer.pk, "foundation": other.pk}
    assert elsewhere.requirement_set not in newest_sealed_sets(run.cohort)


def test_pinned_twice_for_one_key_is_refused_by_the_database() -> None:
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course))
    newer = sealed_set(taught.course, [taught.lessons[0].activity], version=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedSet.objects.create(enrolment=run, requirement_set=newer, key="module-1", pinned_at=NOON)

    assert run.pinned_sets.get().requirement_set == taught.requirement_set


def test_publishing_module_2_changes_nobodys_percentage_and_reaches_new_runs_only() -> None:
    taught, cast = taught_course(), people()
    group = cohort(taught.course)
    done, half = enrolment(cast.amina, group), enrolment(cast.lena, group)
    complete(done, taught)
    read(half, taught.lessons[0])
    before = list(PinnedSet.objects.order_by("pk").values())

    second = Module.objects.create(course=taught.course, number=2)
    extra = Activity.objects.create(kind=ActivityKind.LESSON, course=taught.course, module=second, position=10)
    old = [lesson.activity for lesson in taught.lessons]
    sealed_set(taught.course, [*old, taught.assessment.activity, extra], version=2)
    sealed_set(taught.course, [extra], key="module-2")
    lesson_page(taught.module_page, "A late lesson", "late")
    read(half, taught.lessons[0], at=LATER)
    newcomer = enrolment(person("Nia New"), group, at=LATER)

    assert list(PinnedSet.objects.filter(enrolment__in=[done, half]).order_by("pk").values()) == before
    assert (percent_of(done), percent_of(half)) == ({"module-1": 100}, {"module-1": 33})
    assert dict(newcomer.pinned_sets.values_list("key", "required_count")) == {"module-1": 4, "module-2": 1}


def test_who_booked_agency_area_and_run_never_change_afterwards() -> None:
    taught, cast, employer = taught_course(), people(), organisation()
    run = enrolment(cast.amina, cohort(taught.course), booked_by=employer)
    other = {
        "booked_by": organisation("Another"),
        "agency": "police",
        "area": Area.objects.create(key="saltby", name="Saltby", nation="england"),
        "learner": cast.lena,
        "course": taught_course("refresher").course,
        "run_id": cast.amina.uuid,
        "booked_at": LATER,
    }

    for name, value in other.items():
        with pytest.raises(IntegrityError, match="may not be changed"), transaction.atomic():
            Enrolment.objects.filter(pk=run.pk).update(**{name: value})

    fresh = Enrolment.objects.get(pk=run.pk)
    assert {name: getattr(fresh, name) for name in other} == {name: getattr(run, name) for name in other}
