"""Booking a learner into a cohort."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from audit.entries import entry_of, note_act, note_acts
from courses.models import RequirementSet
from people.memberships import join_many, join_organisation, leaving_days
from people.models import Area, Organisation, User

from .choices import EnrolmentState
from .models import Cohort, Enrolment, EnrolmentChange, PinnedSet
from .progress import recompute, standing_of


def book_enrolment(
    learner: User,
    cohort: Cohort,
    *,
    booked_by: Organisation | None,
    at: datetime,
    by: User | None = None,
    area: Area | None = None,
) -> Enrolment:
    """The learner's live run of the cohort's course, booked now if there is none.

    The newest sealed version of each requirement set of the course is pinned to it. Agency and area are kept as they
    are today, so that later counts do not move; without an area it is the first of the organisation that books.
    Whoever is booked by an organisation belongs to it from now on, or until the day they are to leave it. A live run
    that this organisation booked before the learner left it is its booking again (docs/decisions/0031-leavers.md).
    """
    live = Enrolment.objects.live().filter(learner=learner, course=cohort.course)
    if existing := live.first():
        return _taken_up_again(existing, booked_by, at=at, by=by)
    try:
        with transaction.atomic():
            return _new_enrolment(learner, cohort, booked_by=booked_by, area=area or area_of(booked_by), at=at, by=by)
    except IntegrityError:
        # Two clicks; the constraint one_live_run_per_course let the first in.
        return live.get()


@transaction.atomic
def _taken_up_again(run: Enrolment, booked_by: Organisation | None, *, at: datetime, by: User | None) -> Enrolment:
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("learner", "booked_by").get(pk=run.pk)
    has_left = row.booking_ended_on is not None and row.booking_ended_on <= at.date()
    if booked_by is None or row.booked_by != booked_by or not has_left:
        return row
    row.booking_ended_on = join_organisation(row.learner, booked_by, at=at, by=by).ended_on
    row.save(update_fields=["booking_ended_on"])
    note_act("booking_taken_up_again", subject=row, at=at, actor=by, person=row.learner)
    return row


def _new_enrolment(
    learner: User,
    cohort: Cohort,
    *,
    booked_by: Organisation | None,
    area: Area | None,
    at: datetime,
    by: User | None,
) -> Enrolment:
    membership = join_organisation(learner, booked_by, at=at, by=by) if booked_by else None
    enrolment = Enrolment.objects.create(
        learner=learner,
        course=cohort.course,
        cohort=cohort,
        booked_by=booked_by,
        agency=learner.agency,
        area=area,
        booked_at=at,
        booking_ended_on=membership.ended_on if membership else None,
    )
    EnrolmentChange.objects.create(enrolment=enrolment, to_state=EnrolmentState.BOOKED, at=at, by=by)
    for requirement_set in newest_sealed_sets(cohort):
        PinnedSet.objects.create(
            enrolment=enrolment, requirement_set=requirement_set, key=requirement_set.key, pinned_at=at
        )
    recompute(enrolment)
    note_act("enrolment_booked", subject=enrolment, at=at, actor=by, person=learner)
    return enrolment


@transaction.atomic
def book_many(
    learners: Sequence[User],
    cohort: Cohort,
    *,
    booked_by: Organisation,
    at: datetime,
    by: User | None = None,
    areas: Mapping[int, Area] | None = None,
) -> list[Enrolment]:
    """The same as `book_enrolment` for each, in few statements; a learner with a live run of the course is left alone.

    `areas` has those that are not the organisation's first, by the learner's key. Returns the new runs. Raises
    IntegrityError if somebody is booked elsewhere at this moment: the caller begins again.
    """
    pks = [learner.pk for learner in learners]
    live = set(Enrolment.objects.live().filter(learner__in=pks, course=cohort.course).values_list("learner", flat=True))
    booked = [learner for learner in learners if learner.pk not in live]
    joined = join_many(booked, booked_by, at=at)
    usual, own = area_of(booked_by), areas or {}
    leaving = leaving_days(booked, booked_by, on=at.date())
    runs = Enrolment.objects.bulk_create(
        Enrolment(
            learner=learner,
            course=cohort.course,
            cohort=cohort,
            booked_by=booked_by,
            agency=learner.agency,
            area=own.get(learner.pk, usual),
            booked_at=at,
            booking_ended_on=leaving.get(learner.pk),
        )
        for learner in booked
    )
    EnrolmentChange.objects.bulk_create(
        EnrolmentChange(enrolment=run, to_state=EnrolmentState.BOOKED, at=at, by=by) for run in runs
    )
    _pin_many(runs, newest_sealed_sets(cohort), at)
    entries = []
    for run in runs:
        if membership := joined.get(run.learner_id):
            joining = entry_of("organisation_joined", subject=membership, at=at, actor=by, person=run.learner)
            entries.append(joining)
        entries.append(entry_of("enrolment_booked", subject=run, at=at, actor=by, person=run.learner))
    note_acts(entries)
    return runs


def _pin_many(runs: Sequence[Enrolment], sets: Sequence[RequirementSet], at: datetime) -> None:
    """Each set pinned to each run, with the derived columns of somebody who has done nothing yet."""
    for one in sets:
        begun = standing_of(one, {})
        PinnedSet.objects.bulk_create(
            PinnedSet(enrolment=run, requirement_set=one, key=one.key, pinned_at=at, **begun) for run in runs
        )


def area_of(organisation: Organisation | None) -> Area | None:
    """The area a booking of the organisation counts for, where the booking names none."""
    return organisation.areas.order_by("key").first() if organisation else None


def newest_sealed_sets(cohort: Cohort) -> list[RequirementSet]:
    """The newest sealed version of each set of the course, by key."""
    sealed = RequirementSet.objects.filter(course=cohort.course, sealed_at__isnull=False).order_by("key", "version")
    return list({one.key: one for one in sealed}.values())
