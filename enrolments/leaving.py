"""Somebody leaves the organisation that booked them: they keep their learning and leave its lists.

Why it is so: docs/decisions/0031-leavers.md.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from toolkit.days import site_day

from people.memberships import end_membership, membership_of
from people.models import Organisation, User
from people.roles import move_role_ends

from .choices import RequestState
from .models import Enrolment
from .requests import withdraw_request

FURTHEST_AHEAD_DAYS = 366


class LeavingRefused(Exception):
    """Raised for a day nobody can leave on; worded for the lead who gave it."""


def require_leaving_day(person: User, organisation: Organisation, *, on: date, today: date) -> None:
    """Make sure somebody may leave on that day. Raises LeavingRefused."""
    held = membership_of(person, organisation, on=today)
    if held and on < held.started_on:
        words = _("%(name)s has belonged to your organisation since %(day)s. Give that day or a later one.")
        raise LeavingRefused(words % {"name": person, "day": date_format(held.started_on, "j F Y")})
    if (on - today).days > FURTHEST_AHEAD_DAYS:
        raise LeavingRefused(_("That is more than a year ahead. Give the day once it is nearer."))


@transaction.atomic
def leave_organisation(
    person: User, organisation: Organisation, *, on: date, at: datetime, by: User | None = None
) -> None:
    """Membership, roles and bookings there end on that day; the runs themselves go on. Raises LeavingRefused.

    What they asked that organisation for is asked no more, from now on: a yes would bring them back, and who asks is
    shown as they are called by then. From that day an invitation
    from before opens nothing any more either (coming.unanswered).
    Doing it twice is doing it once; another day takes the place of one that is still ahead.
    """
    held = User.objects.select_for_update().get(pk=person.pk)
    require_leaving_day(held, organisation, on=on, today=site_day(at))
    _move_end(held, organisation, to=on, at=at, by=by)
    for asked in held.place_requests.filter(organisation=organisation, state=RequestState.WAITING):
        withdraw_request(asked, at=at)


@transaction.atomic
def stay_in_organisation(person: User, organisation: Organisation, *, at: datetime, by: User | None = None) -> None:
    """Take back a day of leaving that is still ahead. Whoever is gone stays gone: they are booked anew."""
    held = User.objects.select_for_update().get(pk=person.pk)
    _move_end(held, organisation, to=None, at=at, by=by)


def _move_end(person: User, organisation: Organisation, *, to: date | None, at: datetime, by: User | None) -> None:
    membership = membership_of(person, organisation, on=at.date())
    was = membership.ended_on if membership else None
    end_membership(person, organisation, on=to, at=at, by=by)
    move_role_ends(person, organisation, to=to, was=was, at=at, by=by)
    running_bookings(person, organisation, on=at.date()).update(booking_ended_on=to)


def running_bookings(person: User, organisation: Organisation, *, on: date) -> QuerySet[Enrolment]:
    """The organisation's bookings of a person that have not ended that day."""
    return Enrolment.objects.reported_by(organisation, on=on).filter(learner=person)
