"""What a trainer grants one learner beyond the rules: another attempt, no pause, extra time. The verbs and the sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from assessments.models import Assessment, Attempt
from audit.entries import note_act
from courses.models import Activity
from people.models import User

from .choices import AdjustmentKind
from .letters_of_adjustments import tell_adjustment
from .models import Adjustment, Enrolment

EXTRA_TIME = (25, 50, 100)  # per cent, as examining bodies grant it


@dataclass(frozen=True)
class Extra:
    """What applies to the next attempt of one enrolment at one quiz."""

    attempts: int = 0
    percent: int = 0
    is_without_pause: bool = False


def standing(enrolment: Enrolment) -> QuerySet[Adjustment]:
    """What was granted and not taken back, the oldest first."""
    return enrolment.adjustments.filter(taken_back_at=None).order_by("given_at", "pk")


def attempts_granted() -> Subquery:
    """How many more attempts stand at the quiz of an `AttemptLink`, for its enrolment; null where none does."""
    rows = Adjustment.objects.filter(
        kind=AdjustmentKind.ATTEMPT,
        taken_back_at=None,
        enrolment=OuterRef("enrolment"),
        activity=OuterRef("attempt__assessment__activity"),
    )
    return Subquery(rows.order_by().values("enrolment").annotate(count=Count("pk")).values("count"))


def extras_for(enrolment: Enrolment, assessments: Iterable[Assessment]) -> dict[Assessment, Extra]:
    """The sum of what stands, for each. A pause is dropped for one attempt: a later one has its pause again."""
    granted = list(standing(enrolment))
    begun = _last_begun(enrolment) if any(row.kind == AdjustmentKind.AT_ONCE for row in granted) else {}
    return {one: _extra(granted, one.activity_id, begun.get(one.pk)) for one in assessments}


def _extra(granted: list[Adjustment], activity: int, begun_at: datetime | None) -> Extra:
    rows = [row for row in granted if row.activity_id in (None, activity)]
    of = {kind: [row for row in rows if row.kind == kind] for kind in AdjustmentKind}
    at_once = max((row.given_at for row in of[AdjustmentKind.AT_ONCE]), default=None)
    return Extra(
        attempts=len(of[AdjustmentKind.ATTEMPT]),
        percent=max((row.percent for row in of[AdjustmentKind.TIME]), default=0),
        is_without_pause=at_once is not None and (begun_at is None or begun_at < at_once),
    )


def _last_begun(enrolment: Enrolment) -> dict[int, datetime]:
    """By assessment, when the run's last attempt at it began."""
    attempts = Attempt.objects.filter(run_id=enrolment.run_id).order_by().values_list("assessment")
    return dict(attempts.annotate(last=Max("started_at")))


@transaction.atomic
def give_adjustment(
    enrolment: Enrolment,
    kind: str,
    *,
    activity: Activity | None = None,
    percent: int = 0,
    given_so_far: int,
    by: User,
    at: datetime,
) -> Adjustment | None:
    """Grant it and tell the learner. Extra time takes the place of another size of it.

    `given_so_far` is how many adjustments of the enrolment whoever grants has seen: if there are others by now, a
    second click or a colleague was first, nothing is granted and None comes back.
    """
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("learner", "cohort").get(pk=enrolment.pk)
    if held.adjustments.count() != given_so_far:
        return None
    if kind == AdjustmentKind.TIME:
        _take_back(standing(held).filter(kind=kind), by=by, at=at)
    made = Adjustment.objects.create(
        enrolment=held, kind=kind, activity=activity, percent=percent, given_at=at, given_by=by
    )
    note_act("adjustment_given", subject=made, at=at, actor=by, person=held.learner)
    tell_adjustment(made, at=at)
    return made


@transaction.atomic
def take_adjustment_back(adjustment: Adjustment, *, by: User, at: datetime) -> None:
    """It counts no more for attempts that begin from now on. Doing it twice is doing it once."""
    _take_back(Adjustment.objects.filter(pk=adjustment.pk, taken_back_at=None), by=by, at=at)


def _take_back(rows: QuerySet[Adjustment], *, by: User, at: datetime) -> None:
    for row in rows.select_for_update(of=("self",)).select_related("enrolment__learner"):
        row.taken_back_at, row.taken_back_by = at, by
        row.save(update_fields=["taken_back_at", "taken_back_by"])
        note_act("adjustment_taken_back", subject=row, at=at, actor=by, person=row.enrolment.learner)
