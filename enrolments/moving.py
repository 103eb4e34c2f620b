"""A trainer moves one learner: on leave, back from it, off the course. The learner is told each time."""

from datetime import datetime

from django.db import transaction

from people.models import User

from .choices import LIVE_STATES, EnrolmentState, LearnerMove
from .letters_of_moves import tell_moved
from .models import Enrolment
from .progress import held, recompute
from .states import change_state

# From which states each move is made, and to which.
_WAYS = {
    LearnerMove.LEAVE: ((EnrolmentState.ACTIVE,), EnrolmentState.ON_LEAVE),
    LearnerMove.BACK: ((EnrolmentState.ON_LEAVE,), EnrolmentState.ACTIVE),
    LearnerMove.END: (LIVE_STATES, EnrolmentState.WITHDRAWN),
}


def open_moves(state: str) -> list[LearnerMove]:
    """Those that can be made of an enrolment in this state."""
    return [move for move, (before, _after) in _WAYS.items() if state in before]


def changes_so_far(run: Enrolment) -> int:
    """How often the enrolment has changed its state: what a page shows is said by it when a button is pressed."""
    return run.changes.count()


@transaction.atomic
def move_learner(run: Enrolment, move: str, *, seen: int, at: datetime, by: User | None = None, why: str = "") -> bool:
    """Make the move, keep it with who and why, and tell the learner, who reads why.

    `seen` is `changes_so_far` as whoever asks has seen it: if there are others by now, a second click, a colleague or
    the learner was first, nothing is done and False comes back.
    """
    row = held(run)
    if changes_so_far(row) != seen or move not in open_moves(row.state):
        return False
    moved = change_state(row, _WAYS[LearnerMove(move)][1], at=at, by=by, why=why)
    if move == LearnerMove.BACK:
        recompute(moved)  # what was read and handed in on leave may have been the last
    tell_moved(moved, move, number=seen + 1, why=why, at=at)
    return True
