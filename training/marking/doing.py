"""Marking and giving back, each with its letter in the same transaction: nobody is marked without being told."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from assessments.choices import AttemptState
from assessments.marking import Judgement, MarkedMeanwhile, mark, return_for_revision
from assessments.models import Attempt, Response
from people.models import User

from .letters import tell_marked, tell_returned


@transaction.atomic
def mark_and_tell(
    response: Response, judgement: Judgement, *, seen: int | None, asked: int | None = None, by: User, at: datetime
) -> None:
    """Score a response; once all of the attempt is scored, its learner is written to. Raises MarkingRefused."""
    mark(response, judgement, seen=seen, asked=asked, by=by, at=at)
    attempt = Attempt.objects.select_related("link__enrolment__cohort", "learner", "assessment").get(
        pk=response.place.attempt_id
    )
    if attempt.state == AttemptState.SCORED:
        tell_marked(attempt, at=at)


def mark_alike(responses: Iterable[Response], judgement: Judgement, *, by: User, at: datetime) -> int:
    """The same judgement for each, as a score of its own; returns how many. One marked meanwhile keeps its score."""
    count = 0
    for response in responses:
        try:
            mark_and_tell(response, judgement, seen=None, by=by, at=at)
            count += 1
        except MarkedMeanwhile:
            continue
    return count


@transaction.atomic
def return_and_tell(response: Response, *, comment: str, due_on: date, by: User, at: datetime) -> None:
    """Give it back, and write to its learner. Raises MarkingRefused."""
    asked = return_for_revision(response, comment=comment, due_on=due_on, by=by, at=at)
    tell_returned(asked, at=at)
