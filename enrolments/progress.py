"""What a learner did with an activity, and what follows from it, in one transaction under a lock on the enrolment."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min

from assessments.choices import AttemptState
from assessments.models import Attempt, Result
from courses.models import Activity, RequirementSet
from people.models import User

from .attended import Attended, follow_registers
from .choices import EnrolmentState
from .completion import ActivityFacts, Asked, Kept, ResultFact, derive, reached, standing
from .floors import Scored, read_floor
from .models import AttemptLink, Enrolment, PinnedSet, Progress, RecordedResult
from .signals import requirements_met
from .states import change_state


def held(enrolment: Enrolment) -> Enrolment:
    """The enrolment's row, locked until the transaction ends, so that its derived columns change one at a time."""
    return Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def note_seen(enrolment: Enrolment, activity: Activity, *, digest: str, at: datetime) -> None:
    """The learner opened the activity, in this wording. The first one makes a booked enrolment active."""
    again = Progress.objects.filter(enrolment=enrolment, activity=activity).update(last_seen_at=at, digest_seen=digest)
    if not again or enrolment.state == EnrolmentState.BOOKED:
        _see_first(enrolment, activity, digest=digest, at=at)


@transaction.atomic
def _see_first(enrolment: Enrolment, activity: Activity, *, digest: str, at: datetime) -> None:
    row = held(enrolment)
    Progress.objects.get_or_create(
        enrolment=row,
        activity=activity,
        defaults={"first_seen_at": at, "last_seen_at": at, "digest_seen": digest},
    )
    _begin(row, at)


def _begin(enrolment: Enrolment, at: datetime, by: User | None = None) -> None:
    if enrolment.state == EnrolmentState.BOOKED:
        change_state(enrolment, EnrolmentState.ACTIVE, at=at, by=by or enrolment.learner)


@transaction.atomic
def record_attendance(enrolment: Enrolment, *, by: User, at: datetime) -> None:
    """Take what the registers say now into the enrolment's progress; whoever was there has begun the course."""
    row = held(enrolment)
    if any(one.first_at for one in follow_registers(row).values()):
        _begin(row, at, by)
    recompute(row)


@transaction.atomic
def mark_read(enrolment: Enrolment, activity: Activity, *, digest: str, at: datetime) -> Progress:
    """The learner says they have read it. Saying it again keeps the first time."""
    row = held(enrolment)
    progress, _created = Progress.objects.get_or_create(
        enrolment=row,
        activity=activity,
        defaults={"first_seen_at": at, "last_seen_at": at, "digest_seen": digest},
    )
    if progress.marked_read_at is None:
        progress.marked_read_at, progress.digest_read = at, digest
        progress.save(update_fields=["marked_read_at", "digest_read"])
        _begin(row, at)
        recompute(row)
        progress.refresh_from_db()
    return progress


@transaction.atomic
def record_watched(enrolment: Enrolment, activity: Activity, *, at: datetime) -> Progress:
    """Enough of the activity's film was watched in this run. Recording it again keeps the first time."""
    row = held(enrolment)
    progress, _created = Progress.objects.get_or_create(
        enrolment=row, activity=activity, defaults={"first_seen_at": at, "last_seen_at": at}
    )
    if progress.watched_at is None:
        progress.watched_at = at
        progress.save(update_fields=["watched_at"])
        _begin(row, at)
        recompute(row)
        progress.refresh_from_db()
    return progress


def keep_place(enrolment: Enrolment, activity: Activity, *, section: str, at: datetime) -> None:
    """The section last read, for carrying on from any device. A place sent late never overwrites a newer one."""
    Progress.objects.filter(enrolment=enrolment, activity=activity).exclude(place_at__gt=at).update(
        place=section, place_at=at, last_seen_at=at
    )


@transaction.atomic
def record_attempt(attempt: Attempt) -> None:
    """Take a scored attempt into its enrolment's progress; repeating it changes nothing."""
    link = AttemptLink.objects.filter(attempt=attempt).select_related("enrolment").first()
    if link is None or attempt.scored_at is None:
        return
    row = held(link.enrolment)
    heard_of = attempt.results.filter(successor=None).first()
    Progress.objects.get_or_create(
        enrolment=row,
        activity_id=attempt.assessment.activity_id,
        defaults={"first_seen_at": attempt.started_at, "last_seen_at": attempt.scored_at},
    )
    recompute(row)
    AttemptLink.objects.filter(pk=link.pk).update(recorded_result=heard_of)


@transaction.atomic
def recompute(enrolment: Enrolment) -> None:
    """Every derived column of an enrolment from its facts. The caller's transaction holds the enrolment."""
    facts = _facts_of(enrolment, follow_registers(enrolment))
    for progress in enrolment.progress.all():
        derived = derive(facts.get(progress.activity_id, ActivityFacts()))
        _save_if_changed(progress, state=derived.state, completed_at=derived.completed_at, passed_at=derived.passed_at)
    sets = _sets_of(enrolment)
    for pinned in sets:
        _recompute_set(pinned, facts)
    _complete_if_all_met(enrolment, sets)


@transaction.atomic
def keep_standing(enrolment: Enrolment) -> None:
    """Write down as facts of their own what an enrolment completed, passed and met, so that its evidence may go."""
    row = held(enrolment)
    facts = _facts_of(row, follow_registers(row))
    for progress in row.progress.all():
        derived = derive(facts.get(progress.activity_id, ActivityFacts()))
        _save_if_changed(progress, completion_kept_at=derived.completed_at, pass_kept_at=derived.passed_at)
    for pinned in _sets_of(row):
        moments = reached(_asked_by(pinned.requirement_set), facts, _kept_of(pinned))
        _save_if_changed(
            pinned,
            requirements_kept={str(activity): at.isoformat() for activity, at in moments.items()},
            met_kept_at=_standing_now(pinned, facts)["met_at"],
        )


def _sets_of(enrolment: Enrolment) -> list[PinnedSet]:
    sets = enrolment.pinned_sets.select_related("requirement_set")
    return list(sets.prefetch_related("requirement_set__requirements"))


def _complete_if_all_met(enrolment: Enrolment, sets: list[PinnedSet]) -> None:
    moments = [pinned.met_at for pinned in sets if pinned.met_at]
    if sets and len(moments) == len(sets):
        row = Enrolment.objects.get(pk=enrolment.pk)
        if row.state == EnrolmentState.ACTIVE:
            change_state(row, EnrolmentState.COMPLETED, at=max(moments))


def _recompute_set(pinned: PinnedSet, facts: dict[int, ActivityFacts]) -> None:
    now = _standing_now(pinned, facts)
    newly_met = now["met_at"] is not None and pinned.met_at is None
    _save_if_changed(pinned, **now)
    if newly_met:
        transaction.on_commit(partial(requirements_met.send_robust, sender=PinnedSet, pinned_set=pinned), robust=True)


def _standing_now(pinned: PinnedSet, facts: Mapping[int, ActivityFacts]) -> dict[str, Any]:
    scored = partial(scored_in, pinned.enrolment_id)
    return standing_of(pinned.requirement_set, facts, scored=scored, kept=_kept_of(pinned))


def standing_of(
    requirement_set: RequirementSet,
    facts: Mapping[int, ActivityFacts],
    *,
    scored: Callable[[], Sequence[Scored]] = tuple,
    kept: Kept | None = None,
) -> dict[str, Any]:
    """The derived columns of a pinned set, from the facts by activity; `scored` is asked where there is a floor."""
    floor = read_floor(requirement_set.thresholds)
    now = standing(_asked_by(requirement_set), facts, floor=floor, scored=scored() if floor else (), kept=kept)
    return {name: getattr(now, name) for name in PinnedSet.DERIVED}


def _asked_by(requirement_set: RequirementSet) -> list[Asked]:
    return [Asked(one.activity_id, one.pass_share) for one in requirement_set.requirements.all()]


def _kept_of(pinned: PinnedSet) -> Kept | None:
    if pinned.requirements_kept is None:
        return None
    moments = {int(activity): datetime.fromisoformat(at) for activity, at in pinned.requirements_kept.items()}
    return Kept(moments, pinned.met_kept_at)


def scored_in(enrolment: int) -> list[Scored]:
    """Every score that a standing result of the enrolment rests on, by learning outcome and item."""
    rows = Result.scores.through.objects.filter(
        result__attempt__link__enrolment=enrolment, result__successor=None
    ).exclude(result__attempt__state=AttemptState.VOID)
    place = "score__response__place__"
    return [
        Scored(*row)
        for row in rows.values_list(
            f"{place}item_version__learning_outcome",
            f"{place}item",
            "score__points",
            "score__max_score",
            "result__attempt__handed_in_at",
        )
    ]


def _save_if_changed(row: Progress | PinnedSet, **values: object) -> None:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)


def _facts_of(enrolment: Enrolment, attended: Mapping[int, Attended]) -> dict[int, ActivityFacts]:
    results: dict[int, list[ResultFact]] = defaultdict(list)
    standing_results = (
        Result.objects.filter(attempt__link__enrolment=enrolment, successor=None)
        .exclude(attempt__state=AttemptState.VOID)
        .annotate(activity=F("attempt__assessment__activity"))
        .select_related("attempt")
    )
    for result in standing_results:
        results[result.activity].append(_fact_of(result))
    for told in RecordedResult.objects.filter(enrolment=enrolment, successor=None):
        fact = ResultFact(told.points or Fraction(0), told.max_score, told.passed, told.at)
        results[told.activity_id].append(fact)
    return {
        progress.activity_id: ActivityFacts(
            marked_read_at=progress.marked_read_at,
            watched_at=progress.watched_at,
            attended_at=attended[progress.activity_id].attended_at if progress.activity_id in attended else None,
            completion_kept_at=progress.completion_kept_at,
            pass_kept_at=progress.pass_kept_at,
            results=tuple(results[progress.activity_id]),
        )
        for progress in enrolment.progress.all()
    }


def _fact_of(result: Result) -> ResultFact:
    attempt = result.attempt
    return ResultFact(
        points=result.points_for_pass,
        max_score=result.max_score,
        passed=result.passed,
        at=attempt.handed_in_at or result.decided_at,
        pass_share=attempt.pass_share,
        counts=attempt.own_rules.counts,
    )


def rebuild(enrolment: Enrolment) -> None:
    """Derived columns and missing progress rows from the facts alone."""
    with transaction.atomic():
        row = held(enrolment)
        attempts = Attempt.objects.filter(link__enrolment=row, state=AttemptState.SCORED)
        spans = (
            attempts.order_by()
            .values_list("assessment__activity")
            .annotate(first=Min("started_at"), last=Max("scored_at"))
        )
        for activity, first, last in spans:
            Progress.objects.get_or_create(
                enrolment=row, activity_id=activity, defaults={"first_seen_at": first, "last_seen_at": last}
            )
        for told in row.recorded_results.filter(successor=None):
            seen = {"first_seen_at": told.at, "last_seen_at": told.at}
            Progress.objects.get_or_create(enrolment=row, activity_id=told.activity_id, defaults=seen)
        recompute(row)
