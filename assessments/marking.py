"""The verbs of whoever marks: score a response by its rubric, correct a score, return a response for revision.

Made for one marker; a score says who gave it, and each marker's first score is a row of its own, so that several may
mark one response later. Who may mark what is for the caller to know.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from toolkit.digests import digest_of
from toolkit.typed import typed_line, typed_text

from people.models import User

from .attempts import locked
from .choices import AT_A_MARKER, AttemptState, ScoreKind
from .items import rubric_share
from .models import Attempt, Item, KeptComment, Response, RevisionRequest, Score
from .settling import is_returned, last_responses, settle, standing_score
from .signals import attempt_scored

LONGEST_COMMENT, LONGEST_REASON = 2000, 300
KEPT_AT_MOST = 50  # comments of one marker to one item


class MarkingRefused(Exception):
    """A mark was not taken; the message is for the marker."""


class MarkedMeanwhile(MarkingRefused):
    """Raised where the page was not shown what stands now: another marker or tab was first, or the learner was."""


class ReasonMissing(MarkingRefused):
    """Raised for a correction that does not say why."""


@dataclass(frozen=True)
class Judgement:
    """A level, counted from 0, for each criterion of the rubric, and a comment to the learner."""

    levels: Mapping[str, int]
    comment: str = ""
    reason: str = field(default="")  # of a correction


@transaction.atomic
def mark(
    response: Response, judgement: Judgement, *, seen: int | None, asked: int | None = None, by: User, at: datetime
) -> Score:
    """Score a response, or correct the score that stands: a new one in its place, with a reason.

    `seen` is the score the marker's page was shown and `asked` the request for revision, None for none. Sent twice, it
    is one score. When the last response of the attempt is scored its result is made, and `attempt_scored` is sent.
    Raises MarkingRefused in one of its kinds and NotAnswerable for levels that are not the rubric's.
    """
    attempt, last = _held(response, by)
    standing = standing_score(last)
    if standing and _says(standing, judgement, by):
        return standing
    if (standing.pk if standing else None) != seen:
        raise MarkedMeanwhile(_("Somebody scored this after your page was opened. Their score is shown below."))
    if standing is None and is_returned(last) and last.revision_request.pk != asked:
        raise _given_back_meanwhile()
    if standing and not typed_line(judgement.reason):
        raise ReasonMissing(_("Say why you correct the score. The learner reads it too."))
    made = _score(last, judgement, standing, by=by, at=at)
    if settle(attempt, at=at):
        transaction.on_commit(partial(attempt_scored.send_robust, sender=Attempt, attempt=attempt), robust=True)
    return made


def _held(response: Response, by: User) -> tuple[Attempt, Response]:
    """The response's attempt, locked, and the response as it is now. Raises MarkingRefused."""
    attempt = locked(response.place.attempt_id)
    if attempt.learner_id == by.pk:
        raise MarkingRefused(_("Nobody marks what they wrote themselves."))
    if attempt.state not in (*AT_A_MARKER, AttemptState.SCORED):
        raise MarkingRefused(_("This attempt was set aside, and is not marked."))
    last = next(one for one in last_responses(attempt) if one.place_id == response.place_id)
    if last.pk != response.pk:
        raise MarkedMeanwhile(_("The trainee has handed this in once more. The new response is in the queue."))
    if last.removed_at:
        raise MarkingRefused(_("What was written here has been removed, and cannot be marked any more."))
    return attempt, last


def _given_back_meanwhile() -> MarkedMeanwhile:
    return MarkedMeanwhile(
        _("Somebody gave this back for revision after your page was opened. What they asked for is shown below.")
    )


def _says(score: Score, judgement: Judgement, by: User) -> bool:
    same = score.levels == dict(judgement.levels) and score.comment == _comment(judgement.comment)
    return same and score.scored_by_id == by.pk


def _comment(words: str) -> str:
    return typed_text(words).strip()


def _score(response: Response, judgement: Judgement, standing: Score | None, *, by: User, at: datetime) -> Score:
    version = response.place.item_version
    return Score.objects.create(
        response=response,
        kind=ScoreKind.MARKER,
        points=rubric_share(dict(judgement.levels), version.structure) * version.max_score,
        max_score=version.max_score,
        rule=version.scoring_rule,
        rule_version=version.scoring_rule_version,
        scored_by=by,
        scored_at=at,
        levels=dict(judgement.levels),
        comment=_comment(judgement.comment),
        reason=typed_line(judgement.reason) if standing else "",
        supersedes=standing,
    )


@transaction.atomic
def return_for_revision(response: Response, *, comment: str, due_on: date, by: User, at: datetime) -> RevisionRequest:
    """Give a response back to be handed in once more. Sent twice, it is one request. Raises MarkingRefused."""
    attempt, last = _held(response, by)
    if standing_score(last):
        raise MarkedMeanwhile(_("Somebody scored this after your page was opened. Their score is shown below."))
    asked, made = RevisionRequest.objects.get_or_create(
        response=last, defaults={"by": by, "at": at, "due_on": due_on, "comment": _comment(comment)}
    )
    if made:
        settle(attempt, at=at)
    elif (asked.by_id, asked.comment) != (by.pk, _comment(comment)):
        raise _given_back_meanwhile()
    return asked


def keep_comment(item: Item, text: str, *, by: User, at: datetime) -> None:
    """Keep a comment for the marker's next response to the item; the same words are kept once, and so many at most."""
    words = _comment(text)
    if words and KeptComment.objects.filter(item=item, by=by).count() < KEPT_AT_MOST:
        KeptComment.objects.get_or_create(
            item=item, by=by, digest=digest_of(words), defaults={"text": words, "kept_at": at}
        )
