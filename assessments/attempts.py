"""The verbs of an attempt: start, save, finish. Writes happen here, each in a transaction of its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from people.models import User

from .assessment_rules import AssessmentRules
from .candidates import candidates
from .choices import AT_A_MARKER, AttemptState, ClosedBy
from .drawing import Line, draw_items, mixed
from .forward import is_behind
from .items import Posted, item_type
from .models import Assessment, Attempt, Draft, ItemVersion, Place, Response, Score
from .rules import AnswerFixed, AtMarker, AttemptClosed, AttemptRules, DraftConflict, TooSoon
from .settling import is_returned, last_responses, settle
from .signals import attempt_scored
from .tries import automatic_score, is_fixed, takes_another, tries_at, tries_of


def start_attempt(
    assessment: Assessment,
    learner: User,
    *,
    run_id: UUID,
    rules: AttemptRules,
    language: str,
    at: datetime,
    seed: str,
) -> Attempt:
    """The run's open attempt, or a new one under these rules with its items drawn.

    Call inside a transaction, so that whoever links the attempt to something else does so with it.
    Raises NoMoreAttempts, TooSoon, QuizClosed, BankTooSmall.
    """
    open_attempt = Attempt.objects.open().filter(assessment=assessment, run_id=run_id).first()
    if open_attempt:
        return open_attempt
    _refuse_if_not_yet(assessment, run_id, rules, at)
    try:
        with transaction.atomic():
            return _new_attempt(assessment, learner, run_id=run_id, rules=rules, language=language, at=at, seed=seed)
    except IntegrityError:
        # Two tabs began at once; the constraint one_open_attempt_per_run let the first in.
        return Attempt.objects.open().get(assessment=assessment, run_id=run_id)


def _refuse_if_not_yet(assessment: Assessment, run_id: UUID, rules: AttemptRules, at: datetime) -> None:
    rules.refuse_if_closed(at)
    earlier = Attempt.objects.filter(assessment=assessment, run_id=run_id).exclude(state=AttemptState.VOID)
    if earlier.filter(state__in=AT_A_MARKER).exists():
        raise AtMarker(_("Your last attempt is not marked yet. Another one can begin once it is."))
    last_ended_at = earlier.aggregate(last=Max("handed_in_at"))["last"]
    opens_at = rules.may_begin_at(used=earlier.count(), last_ended_at=last_ended_at)
    if opens_at and at < opens_at:
        raise TooSoon(_("There is a pause between attempts, so that you can read again."), opens_at=opens_at)


def _new_attempt(
    assessment: Assessment,
    learner: User,
    *,
    run_id: UUID,
    rules: AttemptRules,
    language: str,
    at: datetime,
    seed: str,
) -> Attempt:
    last = Attempt.objects.filter(assessment=assessment, run_id=run_id).aggregate(last=Max("number"))["last"] or 0
    attempt = Attempt.objects.create(
        assessment=assessment,
        learner=learner,
        run_id=run_id,
        number=last + 1,
        language=language,
        seed=seed,
        pass_share=rules.pass_share,
        attempts_allowed=rules.attempts_allowed,
        extra_attempts=rules.extra_attempts,
        gap_seconds=rules.gap_seconds,
        time_limit_seconds=rules.time_limit_seconds,
        extra_seconds=rules.extra_seconds,
        rules=assessment.rules,
        bank_is_open=assessment.bank.is_open,
        started_at=at,
        due_at=rules.due_at(at),
        closes_at=rules.closes_at,
    )
    _draw_places(attempt)
    return attempt


def _draw_places(attempt: Attempt) -> None:
    rules, chance = attempt.own_rules, Random(attempt.seed)  # noqa: S311  the seed is the record
    lines = [
        Line(line.learning_outcome_id, line.item_kind, line.count, line.part)
        for line in attempt.assessment.blueprint.all()
    ]
    met = Place.objects.filter(attempt__run_id=attempt.run_id, attempt__assessment=attempt.assessment_id)
    last_met = dict(met.order_by().values_list("item").annotate(last=Max("attempt__number")))
    fitting = candidates(attempt.assessment.bank_id, lines, met=last_met, chance=chance)
    drawn = draw_items(lines, fitting, last_met, chance, is_mixed=rules.is_shuffled)
    current = ItemVersion.objects.filter(item__current=F("pk"), item__in=drawn).defer("texts")
    versions = {version.item_id: version for version in current}
    last_part = max(0, len(rules.parts) - 1)  # an editor may be dividing the quiz at this moment
    Place.objects.bulk_create(
        Place(
            attempt=attempt,
            position=position,
            part=min(part, last_part),
            item_id=item,
            item_version=versions[item],
            choice_order=_order(versions[item], rules, chance),
        )
        for position, (item, part) in enumerate(drawn.items(), start=1)
    )


def _order(version: ItemVersion, rules: AssessmentRules, chance: Random) -> list[str]:
    """The choices as they will be shown; those of some kinds, such as what may be cited, stand in their own order."""
    choices: list[str] = version.structure["choices"]
    if not item_type(version.kind).mixes or not rules.is_shuffled:
        return list(choices)
    return mixed(choices, chance)


def locked(attempt_id: int) -> Attempt:
    """The attempt, held against every other writer until the transaction ends.

    PostgreSQL locks the row; SQLite's transactions are IMMEDIATE, so this one already is the only writer.
    """
    return Attempt.objects.select_for_update().get(pk=attempt_id)


def hold_all(attempts: QuerySet[Attempt]) -> None:
    """The same of many, in one order, so that two who hold many never wait for each other."""
    list(attempts.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


@transaction.atomic
def save_draft(
    place: Place,
    *,
    posted: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
    words: str = "",
    certainty: int | None = None,
    flagged: bool | None = None,
    sequence: int,
    at: datetime,
) -> Draft:
    """Keep what is being written for one item; when this returns, it is on the disk.

    `posted` holds the numbers of choices as shown ("1" is the first), so that no page carries an identifier; `parts`
    what the other fields of the item held, by what their names end in; `words` is short for the part "text".
    `sequence` is one more than the page was shown. The same save twice is one save; an older one is refused.
    `certainty` is how sure the learner is, where the attempt asks. `at` is when the server received it.
    Raises AttemptClosed, AnswerFixed, DraftConflict, NotAnswerable.
    """
    attempt = locked(place.attempt_id)
    if attempt.state != AttemptState.IN_PROGRESS and not may_revise(attempt, place):
        raise AttemptClosed(_("You have already handed this in. Your answers are safe."))
    if attempt.state == AttemptState.IN_PROGRESS and is_overdue(attempt, at):
        raise AttemptClosed(_("The time for this attempt is over. What was saved before is safe."))
    version = place.item_version
    _refuse_if_fixed(attempt, place)
    held = Posted(posted, {**({"text": words} if words else {}), **(parts or {})})
    value = item_type(version.kind).read(held, version.structure, place.choice_order)
    sure = certainty if attempt.own_rules.asks_certainty else None
    draft = Draft.objects.filter(place=place).first() or Draft(place=place, client_sequence=0)
    keeps_flag = draft.flagged if flagged is None else flagged
    if sequence <= draft.client_sequence:
        if (draft.value, draft.certainty, draft.flagged) == (value, sure, keeps_flag):
            return draft
        raise DraftConflict(_("This question was changed in another tab or on another device after this page opened."))
    draft.value, draft.certainty, draft.flagged = value, sure, keeps_flag
    draft.client_sequence, draft.received_at = sequence, at
    draft.save()
    return draft


def _refuse_if_fixed(attempt: Attempt, place: Place) -> None:
    rules = attempt.own_rules
    if attempt.state != AttemptState.IN_PROGRESS:
        return
    if is_behind(attempt, place.position):
        raise AnswerFixed(_("You have gone on from this question, and cannot go back to it."))
    if rules.is_told_at_once and is_fixed(tries_at(place), place.item_version, rules):
        raise AnswerFixed(_("This answer was checked, and stays as it is."))


def may_revise(attempt: Attempt, place: Place) -> bool:
    """Whether the item came back to its learner for revision."""
    if attempt.state != AttemptState.RETURNED:
        return False
    last = place.responses.select_related("revision_request").prefetch_related("scores").order_by("try_number").last()
    return last is not None and is_returned(last)


def is_overdue(attempt: Attempt, at: datetime) -> bool:
    """Whether the time for this attempt was up, by the server's clock."""
    return attempt.due_at is not None and at > attempt.due_at


def finish_attempt(attempt: Attempt, *, at: datetime, closed_by: str = ClosedBy.LEARNER) -> Attempt:
    """Hand in: responses, scores and result in one transaction that commits alone; asking again changes nothing.

    Drafts are what is handed in. What only a person can judge waits for a marker, and the result with it. What came
    back for revision is handed in again, if anything in it was changed. `at` is when the server received it.
    Afterwards sends `attempt_scored`, if all is scored.
    """
    with transaction.atomic():
        held = locked(attempt.pk)
        was_open = held.state == AttemptState.IN_PROGRESS
        if held.state == AttemptState.RETURNED:
            if not _take_revisions(held, at):
                return held
        elif was_open:
            _take_all(held, at)
            held.closed_by = closed_by
        else:
            return held
        held.handed_in_at = held.due_at if held.due_at and is_overdue(held, at) and was_open else at
        held.received_at = at
        if settle(held, at=at):
            transaction.on_commit(partial(attempt_scored.send_robust, sender=Attempt, attempt=held), robust=True)
    return held


def _take_all(attempt: Attempt, at: datetime) -> None:
    rules, tries = attempt.own_rules, tries_of(attempt)
    places = [
        place
        for place in attempt.places.select_related("item_version", "draft")
        if takes_another(tries.get(place.pk, []), getattr(place, "draft", None), place.item_version, rules)
    ]
    responses = Response.objects.bulk_create(_response(place, len(tries.get(place.pk, [])) + 1, at) for place in places)
    _score_without_marker(zip(places, responses, strict=True), rules, at)


def _take_revisions(attempt: Attempt, at: datetime) -> bool:
    """The next try of everything that came back; not if nothing was changed in it: then the button was sent twice."""
    came_back = [response for response in last_responses(attempt) if is_returned(response)]
    drafts = {draft.place_id: draft for draft in Draft.objects.filter(place__in=[one.place_id for one in came_back])}
    if not any(one.place_id in drafts and drafts[one.place_id].value != one.value for one in came_back):
        return False
    responses = Response.objects.bulk_create(
        Response(
            place=one.place,
            try_number=one.try_number + 1,
            value=drafts[one.place_id].value if one.place_id in drafts else one.value,
            given_at=drafts[one.place_id].received_at if one.place_id in drafts else at,
            received_at=at,
        )
        for one in came_back
    )
    _score_without_marker(((response.place, response) for response in responses), attempt.own_rules, at)
    return True


def _score_without_marker(answered: Iterable[tuple[Place, Response]], rules: AssessmentRules, at: datetime) -> None:
    Score.objects.bulk_create(
        automatic_score(place, response, rules, at)
        for place, response in answered
        if not item_type(place.item_version.kind).is_for_a_marker(response.value, place.item_version.structure)
    )


def _response(place: Place, try_number: int, at: datetime) -> Response:
    draft: Draft | None = getattr(place, "draft", None)
    value: Mapping[str, Any] = draft.value if draft else {"chosen": []}
    return Response(
        place=place,
        try_number=try_number,
        value=value,
        certainty=draft.certainty if draft else None,
        given_at=draft.received_at if draft else at,
        received_at=at,
    )


def close_overdue(*, at: datetime) -> int:
    """Close every attempt whose time is up, with what was saved; returns how many. Run by the worker."""
    overdue = list(Attempt.objects.open().filter(due_at__lt=at))
    for attempt in overdue:
        finish_attempt(attempt, at=at, closed_by=ClosedBy.DEADLINE)
    return len(overdue)
