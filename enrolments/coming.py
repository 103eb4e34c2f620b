"""Who was written to and has not come yet: by a list, an invitation or the answer to a request; all look alike.

Trainers see how many there are and not who: a list that booked somebody at once and one that asked them would differ.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from .choices import EnrolmentState
from .models import Cohort, Enrolment, Invitation

INVITED_FOR = timedelta(days=60)  # by a list


def not_come_count(cohort: Cohort, *, on: date) -> int:
    """People of a cohort who got a letter of their own and have not answered it."""
    asked = Invitation.objects.filter(cohort=cohort, revoked_at=None, uses=None).exclude(email="")
    booked = Enrolment.objects.filter(cohort=cohort, learner__blanked_at=None).not_come()
    return asked.count() + booked.exclude(forgotten(on=on)).count()


def forgotten(*, on: date) -> Q:
    """Bookings nobody came for, so old that an invitation of the same list is emptied by now (enrolments/personal.py).

    They stand on no list and keep no place from then on, as the other does not.
    """
    before = on - INVITED_FOR - timedelta(days=settings.RETENTION_DAYS["invitations"])
    return Q(state=EnrolmentState.BOOKED, learner__last_login=None, booked_at__date__lt=before)
