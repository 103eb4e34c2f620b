"""What an attempt has come to, from its responses and their scores: waiting, returned or scored."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from .choices import AttemptState
from .models import Attempt, Response, Result, Score
from .scoring import reaches, total


def last_responses(attempt: Attempt) -> list[Response]:
    """The last response of each place, in order, with its place, version, scores and request for revision."""
    found = Response.objects.filter(place__attempt=attempt).order_by("place__position", "try_number")
    rows = found.select_related("place__item_version", "revision_request").prefetch_related("scores")
    return list({row.place_id: row for row in rows}.values())


def standing_score(response: Response) -> Score | None:
    """The score of a response that counts."""
    return standing_of(response.scores.all())


def standing_of(scores: Iterable[Score]) -> Score | None:
    """Of one response's scores the one that counts: not superseded, a person's before the machine's, the newest."""
    known = list(scores)
    superseded = {score.supersedes_id for score in known}
    standing = [score for score in known if score.pk not in superseded]
    return max(standing, key=lambda score: (score.scored_by_id is not None, score.pk), default=None)


def is_returned(response: Response) -> bool:
    """Whether a last response is with its learner for revision."""
    return getattr(response, "revision_request", None) is not None and standing_score(response) is None


def settle(attempt: Attempt, *, at: datetime) -> bool:
    """Give an attempt that was handed in the state its facts say, and a result once all is scored.

    The caller holds the attempt's lock. Returns whether a result was made; `attempt_scored` is for the caller to send.
    """
    responses = last_responses(attempt)
    scores = [score for response in responses if (score := standing_score(response))]
    if len(scores) == len(responses):
        attempt.state, attempt.scored_at = AttemptState.SCORED, at
        _decide(attempt, scores, at)
    elif any(is_returned(response) for response in responses):
        attempt.state = AttemptState.RETURNED
    else:
        attempt.state = AttemptState.AWAITING_MARKER
    attempt.save()
    return attempt.state == AttemptState.SCORED


def _decide(attempt: Attempt, scores: list[Score], at: datetime) -> None:
    """The next result. What an earlier one kept, because an item was scored anew, is kept on top of its points."""
    before = attempt.result
    points = total(score.points for score in scores)
    kept = points + before.kept_points - before.points if before and before.kept_points is not None else None
    keep_results([(next_result(attempt, before, scores, kept_points=kept, at=at), scores)])


def next_result(
    attempt: Attempt, before: Result | None, used: Iterable[Score], *, kept_points: Fraction | None, at: datetime
) -> Result:
    """What an attempt comes to by these scores, in place of the result that stands; not saved."""
    scores = list(used)
    result = Result(
        attempt=attempt,
        points=total(score.points for score in scores),
        max_score=total(score.max_score for score in scores),
        kept_points=kept_points,
        decided_at=at,
        supersedes=before,
    )
    result.passed = reaches(result.points_for_pass, result.max_score, attempt.pass_share)
    return result


def keep_results(made: Iterable[tuple[Result, Iterable[Score]]]) -> None:
    """Save results with the scores each rests on, however many, in two statements."""
    pairs = list(made)
    Result.objects.bulk_create(result for result, _used in pairs)
    rests_on = Result.scores.through
    rests_on._default_manager.bulk_create(
        rests_on(result_id=result.pk, score_id=score.pk) for result, used in pairs for score in used
    )
