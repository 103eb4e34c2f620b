"""Somebody leaves the organisation that booked them: they keep their learning and leave its lists."""

from datetime import date, datetime

from django.db import transaction

from people.memberships import end_membership
from people.models import Organisation, User

from .models import Enrolment


@transaction.atomic
def leave_organisation(
    person: User, organisation: Organisation, *, on: date, at: datetime, by: User | None = None
) -> None:
    """Membership and bookings end on that day; the runs themselves go on. Doing it twice is doing it once."""
    end_membership(person, organisation, on=on, at=at, by=by)
    booked = Enrolment.objects.filter(learner=person, booked_by=organisation, booking_ended_on=None)
    booked.update(booking_ended_on=on)
