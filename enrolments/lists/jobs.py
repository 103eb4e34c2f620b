"""What the worker does with lists. Each may run twice, or be killed half-way, without harm."""

from datetime import timedelta

from django.utils import timezone

from ..choices import ListState
from ..models import EnrolmentList
from . import receiving, taking_in

LEFT_AFTER = timedelta(minutes=2)  # without a sign of life
JOBS = {ListState.CHECKING: "check_list", ListState.TAKING_IN: "take_in_list"}


def check_list(pk: int) -> None:
    """Write the report of a long list."""
    receiving.check_list(pk, at=timezone.now())


def take_in_list(pk: int) -> None:
    """Take a long list in."""
    taking_in.take_in(pk, at=timezone.now())


def take_up_left_lists() -> int:
    """Give lists whose worker died to another one; returns how many. A worker that lives after all finds it done."""
    now = timezone.now()
    left = EnrolmentList.objects.filter(state__in=JOBS, moved_at__lt=now - LEFT_AFTER).defer("rows", "report")
    taken_up = 0
    for one in left:
        claimed = EnrolmentList.objects.filter(pk=one.pk, state=one.state, moved_at=one.moved_at).update(moved_at=now)
        if claimed:
            receiving.hand_to_worker(JOBS[ListState(one.state)], one)
        taken_up += claimed
    return taken_up
