"""Open attempts for a drill's learners, and looking up what they saved."""

from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import TypeVar

from django.db import Error, connection
from django.utils import timezone
from tools.drills.learners import Learner, Paper, Saved, faults

GIVE_UP_SECONDS = 30.0
Answer = TypeVar("Answer")
LOST = "acknowledged saves not found as acknowledged"


def ready_papers(count: int) -> tuple[list[str], list[Paper]]:
    """A session and an open attempt for each of so many learners; its questions of which choices are ticked."""
    from django.urls import reverse
    from tools.drills.people import begin_ticked, sign_in

    now = timezone.now()
    sessions: list[str] = []
    papers: list[Paper] = []
    for _learner in range(count):
        attempt, ticked = begin_ticked(at=now)
        places = {place.position: (place.pk, tuple(place.choice_order)) for place in ticked}
        paths = {position: reverse("quiz_save", args=[attempt.uuid, position]) for position in places}
        sessions.append(sign_in(attempt.learner))
        papers.append(Paper(places, paths, reverse("quiz_hand_in", args=[attempt.uuid])))
    connection.close()
    return sessions, papers


def lost_of(learners: Sequence[Learner]) -> tuple[int, set[tuple[int, int, int]]]:
    """How many acknowledged saves were looked up while no learner begins another, and those not found as they were."""
    for learner in learners:
        learner.hold()
    known = [learner.known() for learner in learners]
    stored = stored_drafts()
    lost = set()
    for learner, (acknowledged, on_its_way) in zip(learners, known, strict=True):
        lost |= faults(learner.paper, acknowledged, on_its_way, stored)
    for learner in learners:
        learner.go_on()
    return sum(len(acknowledged) for acknowledged, _on_its_way in known), lost


def stored_drafts() -> dict[int, list[Saved]]:
    """What is in the database for each place."""
    from assessments.models import Draft

    def ask() -> dict[int, list[Saved]]:
        stored: dict[int, list[Saved]] = {}
        for place, sequence, value in Draft.objects.values_list("place", "client_sequence", "value"):
            stored.setdefault(place, []).append(Saved(sequence, tuple(value.get("chosen", []))))
        return stored

    return asked_until_answered(ask)


def asked_until_answered(question: Callable[[], Answer]) -> Answer:
    """The database's answer; asked again on a new connection while it is away."""
    until = monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return question()
        except Error:
            connection.close()
            if monotonic() > until:
                raise
            sleep(0.05)
