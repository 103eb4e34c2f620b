"""A place that is not wanted any more is taken back, while nobody has begun in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from people.memberships import end_membership, membership_of
from people.models import User

from .answers import tell_booking_taken_back
from .choices import EnrolmentState
from .invitations import withdraw_invitation
from .leaving import running_bookings
from .models import Enrolment, Invitation
from .states import change_state


class BegunAlready(Exception):
    """Raised when somebody has begun, or has answered their letter, in the meantime."""


@transaction.atomic
def take_booking_back(enrolment: Enrolment, *, at: datetime, by: User | None = None) -> None:
    """Withdraw a booking nobody began, and tell the person; doing it twice is doing it once. Raises BegunAlready.

    Somebody who never signed in was known to the organisation by this letter alone: without another booking they
    leave its list as well, just as somebody who was only invited does.
    """
    row = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("learner", "cohort", "booked_by")
        .get(pk=enrolment.pk)
    )
    if row.started_at is not None or row.state not in (EnrolmentState.BOOKED, EnrolmentState.WITHDRAWN):
        raise BegunAlready(_("%(name)s has begun in the meantime. The booking stays.") % {"name": row.learner})
    if row.state != EnrolmentState.WITHDRAWN:
        change_state(row, EnrolmentState.WITHDRAWN, at=at, by=by)
        tell_booking_taken_back(row, at=at)
    if row.booked_by is None or row.learner.last_login is not None:
        return
    others = running_bookings(row.learner, row.booked_by, on=at.date()).exclude(state=EnrolmentState.WITHDRAWN)
    membership = membership_of(row.learner, row.booked_by, on=at.date())
    booked = row.learner.enrolments.filter(booked_by=row.booked_by).aggregate(first=Min("booked_at"))["first"]
    began_with_it = membership is not None and membership.started_on >= booked.date()
    if began_with_it and not others.exists():
        end_membership(row.learner, row.booked_by, on=at.date(), at=at, by=by)


@transaction.atomic
def take_invitation_back(invitation: Invitation, *, at: datetime, by: User | None = None) -> None:
    """Make an addressed invitation worthless; doing it twice is doing it once. Raises BegunAlready once it is used."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.uses.exists():
        raise BegunAlready(_("The e-mail has been answered in the meantime. The booking stays."))
    withdraw_invitation(row, at=at, by=by)
