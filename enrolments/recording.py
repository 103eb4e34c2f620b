"""Results that were reached elsewhere: recorded for an enrolment, without an attempt (docs/decisions/0050)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from assessments.scoring import reaches
from audit.entries import entry_of, note_acts
from courses.models import Activity, Requirement
from people.models import User

from .choices import EnrolmentState
from .models import Enrolment, Progress, RecordedResult
from .progress import held, recompute
from .states import change_state


@dataclass(frozen=True)
class Reached:
    """One result as it is told. Without `passed` the share that the enrolment's requirement sets ask for decides."""

    activity: Activity
    points: Fraction | None  # None: handed in, and nobody knows how many
    max_score: Fraction
    at: datetime
    passed: bool | None = None


@transaction.atomic
def record_results(
    enrolment: Enrolment, told: Sequence[Reached], *, at: datetime, by: User | None, source: str = ""
) -> list[RecordedResult]:
    """Write down what was reached elsewhere, and what follows for progress. Returns the new rows.

    What stands already with the same points, day and judgement is left as it is, so telling it twice is telling it
    once; anything else supersedes it. A booked learner has begun from the first of them on.
    """
    row = held(enrolment)
    shares = _shares(row)
    standing = {one.activity_id: one for one in row.recorded_results.filter(successor=None)}
    made = [
        RecordedResult(
            enrolment=row, activity=one.activity, points=one.points, max_score=one.max_score,
            passed=_passed(one, shares), at=one.at, recorded_at=at, recorded_by=by, source=source[:200],
            supersedes=standing.get(one.activity.pk),
        )
        for one in told
    ]  # fmt: skip
    new = [one for one in made if not _says_the_same(one, standing.get(one.activity_id))]
    if not new:
        return []
    RecordedResult.objects.bulk_create(new)
    note_acts(
        entry_of(
            "result_recorded",
            subject=one,
            at=at,
            actor=by,
            person=row.learner,
            facts={"activity": str(one.activity.uuid)},
        )
        for one in new
    )
    _touch_progress(row, new)
    if row.state == EnrolmentState.BOOKED:
        change_state(row, EnrolmentState.ACTIVE, at=min(one.at for one in new), by=by)
    recompute(row)
    return new


def recorded_for(enrolment: Enrolment, activity: Activity) -> RecordedResult | None:
    """What stands recorded for an activity; what it superseded is kept."""
    return enrolment.recorded_results.filter(activity=activity, successor=None).first()


def _shares(enrolment: Enrolment) -> dict[int, Fraction]:
    """The highest share of the points that the pinned sets ask for, by activity."""
    asked = Requirement.objects.filter(
        requirement_set__in=enrolment.pinned_sets.values("requirement_set"), pass_share__isnull=False
    )
    shares: dict[int, Fraction] = {}
    for one in asked:
        share = one.pass_share or Fraction(0)
        shares[one.activity_id] = max(share, shares.get(one.activity_id, share))
    return shares


def _passed(one: Reached, shares: dict[int, Fraction]) -> bool:
    if one.points is None:
        return False
    if one.passed is not None:
        return one.passed
    share = shares.get(one.activity.pk)
    return share is not None and reaches(one.points, one.max_score, share)


def _says_the_same(new: RecordedResult, old: RecordedResult | None) -> bool:
    told = ("points", "max_score", "passed", "at")
    return old is not None and all(getattr(new, name) == getattr(old, name) for name in told)


def _touch_progress(row: Enrolment, new: Sequence[RecordedResult]) -> None:
    """A progress row for each activity; an earlier one is moved to the later moment, never back."""
    known = {one.activity_id: one for one in row.progress.all()}
    Progress.objects.bulk_create(
        Progress(enrolment=row, activity_id=one.activity_id, first_seen_at=one.at, last_seen_at=one.at)
        for one in new
        if one.activity_id not in known
    )
    for one in new:
        progress = known.get(one.activity_id)
        if progress and progress.last_seen_at < one.at:
            Progress.objects.filter(pk=progress.pk).update(last_seen_at=one.at)
