"""The states of an enrolment and the moves between them, each kept with who, when and why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .choices import EnrolmentState
from .models import Enrolment, EnrolmentChange

_MOVES = {
    EnrolmentState.BOOKED: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
    EnrolmentState.ACTIVE: {EnrolmentState.ON_LEAVE, EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN},
    EnrolmentState.ON_LEAVE: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
    EnrolmentState.COMPLETED: set(),
    EnrolmentState.WITHDRAWN: set(),
}


class MoveRefused(Exception):
    """Raised for a change of state that makes no sense, such as leave after withdrawal."""


@transaction.atomic
def change_state(
    enrolment: Enrolment, to_state: str, *, at: datetime, by: User | None = None, why: str = ""
) -> Enrolment:
    """Move an enrolment and keep the move. Doing it twice is doing it once. Raises MoveRefused."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.state == to_state:
        return held
    if to_state not in _MOVES[EnrolmentState(held.state)]:
        raise MoveRefused(
            _("An enrolment that is %(from)s cannot become %(to)s.")
            % {"from": EnrolmentState(held.state).label, "to": EnrolmentState(to_state).label}
        )
    EnrolmentChange.objects.create(enrolment=held, from_state=held.state, to_state=to_state, at=at, by=by, why=why)
    _stamp(held, to_state, at)
    note_act(
        "enrolment_changed",
        subject=held,
        at=at,
        actor=by,
        person=held.learner,
        facts={"from": held.state, "to": to_state},
    )
    held.state = to_state
    held.save()
    return held


def _stamp(enrolment: Enrolment, to_state: str, at: datetime) -> None:
    if to_state == EnrolmentState.ACTIVE and enrolment.started_at is None:
        enrolment.started_at = at
    elif to_state == EnrolmentState.COMPLETED:
        enrolment.completed_at = at
    elif to_state == EnrolmentState.WITHDRAWN:
        enrolment.withdrawn_at = at
