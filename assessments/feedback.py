"""Telling a learner about one answer before the attempt is handed in: the verb, and what the page may say of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .attempts import is_overdue, locked
from .choices import AttemptState, Moment, Reveal
from .forward import furthest
from .items import item_type
from .models import Attempt, Draft, Place, Response, Score
from .queries import Question, explained, question_at
from .review import cut, fits_in_words
from .rules import AnswerFixed, AttemptClosed, NothingToCheck
from .tries import automatic_score, is_fixed, is_given, share_of, tries_at, tries_of


@transaction.atomic
def check_answer(place: Place, *, at: datetime) -> Response:
    """Hand in one item: what is saved becomes its next response, with its score. Sent twice, it is one try.

    Where that fits or was the last try, the answer stays as it is from now on. `at` is when the server received it.
    Raises AttemptClosed, AnswerFixed where nothing is told before the hand-in or no try is left, NothingToCheck.
    """
    attempt = locked(place.attempt_id)
    if attempt.state != AttemptState.IN_PROGRESS:
        raise AttemptClosed(_("You have already handed this in. Your answers are safe."))
    if is_overdue(attempt, at):
        raise AttemptClosed(_("The time for this attempt is over. What was saved before is safe."))
    if not may_check(attempt, place):
        raise AnswerFixed(_("This question is judged after you hand in."))
    tries, draft = tries_at(place), Draft.objects.filter(place=place).first()
    if tries and (is_fixed(tries, place.item_version, attempt.own_rules) or _is_same(tries[-1], draft)):
        return tries[-1]
    if draft is None or not is_given(draft.value):
        raise NothingToCheck(_("Answer the question first; then check it."))
    return _next_try(attempt, place, draft, len(tries) + 1, at)


def may_check(attempt: Attempt, place: Place) -> bool:
    """Whether answers at a place can be checked before the hand-in. What a person marks, or asks nothing, cannot."""
    return attempt.own_rules.is_told_at_once and item_type(place.item_version.kind).is_judged_at_once


def _is_same(last: Response, draft: Draft | None) -> bool:
    """The same answer again costs no try."""
    return draft is not None and draft.value == last.value


def _next_try(attempt: Attempt, place: Place, draft: Draft, number: int, at: datetime) -> Response:
    response = Response.objects.create(
        place=place,
        try_number=number,
        value=draft.value,
        certainty=draft.certainty,
        given_at=draft.received_at,
        received_at=at,
    )
    automatic_score(place, response, attempt.own_rules, at).save()
    return response


@dataclass(frozen=True)
class Told:
    """What the page of one question says of it during the attempt. `question` only once the answer is fixed."""

    may_check: bool = False
    is_fixed: bool = False
    is_changed: bool = False  # since it was last checked
    judged: str = ""
    tries_left: str = ""
    hints: tuple[str, ...] = ()
    question: Question | None = None


def told_at(attempt: Attempt, place: Place) -> Told:
    """What was told about a place so far; nothing where feedback is deferred, and then it asks nothing."""
    if not may_check(attempt, place):
        return Told()
    tries, rules = tries_at(place), attempt.own_rules
    if not tries:
        return Told(may_check=True)
    shown, fixed = rules.shown_at(Moment.DURING), is_fixed(tries, place.item_version, rules)
    draft: Draft | None = getattr(place, "draft", None)
    return Told(
        may_check=True,
        is_fixed=fixed,
        is_changed=not fixed and not _is_same(tries[-1], draft),
        judged=fits_in_words(share_of(tries[-1], place.item_version)) if Reveal.CORRECTNESS in shown else "",
        tries_left="" if fixed else _left(rules.tries - len(tries)),
        hints=() if fixed else _hints(place, attempt.language)[: len(tries)],
        question=_as_fixed(attempt, place, tries[-1], shown) if fixed else None,
    )


def fixed_positions(attempt: Attempt) -> set[int]:
    """Which answers of an open attempt stay as they are: checked for the last time, or gone on from."""
    rules, tries, last = (
        attempt.own_rules,
        tries_of(attempt),
        furthest(attempt) if attempt.own_rules.is_forward_only else 0,
    )
    places = attempt.places.select_related("item_version") if tries or last else []
    return {
        place.position
        for place in places
        if place.position < last or is_fixed(tries.get(place.pk, []), place.item_version, rules)
    }


def _left(count: int) -> str:
    return ngettext("You have %(count)s try left.", "You have %(count)s tries left.", count) % {"count": count}


def _hints(place: Place, language: str) -> tuple[str, ...]:
    texts: dict[str, Any] = place.item_version.texts.get(language) or place.item_version.texts["en"]
    return tuple(texts.get("hints", ()))


def _as_fixed(attempt: Attempt, place: Place, last: Response, shown: frozenset[str]) -> Question:
    score = Score.objects.select_related("response", "scored_by").filter(response=last, successor=None).latest("pk")
    _place, asked = question_at(attempt, place.position)
    return cut(asked, explained(place, attempt.language, score), shown)
