"""A sitting with open responses: what was written in each, handed in, and marked by its rubric."""

from datetime import datetime

from assessments.attempts import finish_attempt, save_draft
from assessments.marking import Judgement, mark
from assessments.models import Attempt, Response, Score
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from people.models import User
from tests.enrolments.doings import number_of
from tests.factories import NOON, TaughtCourse

BEST = {"sense": 3, "fair": 3}
WORST = {"sense": 0, "fair": 0}


def open_places(attempt: Attempt) -> list:
    return list(attempt.places.filter(item_version__kind="open_response"))


def write(attempt: Attempt, *texts: str, at: datetime = NOON, sequence: int = 1) -> None:
    """Answer the open items in order with these words, and the choices rightly."""
    words = iter(texts)
    for place in attempt.places.select_related("item_version"):
        if place.item_version.kind == "open_response":
            save_draft(place, posted=["1"], words=next(words), sequence=sequence, at=at)
        elif sequence == 1:
            save_draft(place, posted=[number_of(place, "a")], sequence=1, at=at)


def hand_in_words(run: Enrolment, taught: TaughtCourse, *texts: str, at: datetime = NOON) -> Attempt:
    """An attempt at a written quiz, handed in."""
    attempt = begin_attempt(run, taught.assessment, language="en", at=at)
    write(attempt, *texts, at=at)
    return finish_attempt(attempt, at=at)


def response_of(attempt: Attempt, number: int = 0) -> Response:
    """The last response to an open item of the attempt."""
    return Response.objects.filter(place=open_places(attempt)[number]).order_by("try_number").last()


def mark_best(response: Response, by: User, *, at: datetime = NOON, comment: str = "") -> Score:
    return mark(response, Judgement(BEST, comment), seen=None, by=by, at=at)
