"""Who was written to and has not come yet: by a list, an invitation or the answer to a request; all look alike.

Trainers see how many there are and not who: a list that booked somebody at once and one that asked them would differ.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, TruncDate

from people.models import Membership

from .choices import EnrolmentState
from .models import Cohort, Enrolment, Invitation

INVITED_FOR = timedelta(days=60)  # by a list


def unanswered(*, on: date) -> QuerySet[Invitation]:
    """Addressed invitations nobody took back or answered, whether their link still works or not.

    One to somebody who has left the organisation since it was made counts no more, as a booking of theirs does not.
    """
    left = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        person__email=Lower(OuterRef("email")),
        ended_on__lte=on,
        ended_on__gte=TruncDate(ExpressionWrapper(OuterRef("created_at"), DateTimeField())),
    )
    return Invitation.objects.filter(revoked_at=None, uses=None).exclude(email="").exclude(Exists(left))


def not_come_count(cohort: Cohort, *, on: date) -> int:
    """People of a cohort who got a letter of their own and have not answered it."""
    asked = unanswered(on=on).filter(cohort=cohort)
    booked = Enrolment.objects.filter(cohort=cohort, learner__blanked_at=None).still_booked(on).not_come()
    booked = booked.exclude(forgotten(on=on))
    return asked.values_list("pk").union(booked.values_list("pk"), all=True).count()


def forgotten(*, on: date) -> Q:
    """Bookings nobody came for, so old that an invitation of the same list is emptied by now (enrolments/personal.py).

    They stand on no list and keep no place from then on, as the other does not.
    """
    before = on - INVITED_FOR - timedelta(days=settings.RETENTION_DAYS["invitations"])
    return Q(state=EnrolmentState.BOOKED, learner__last_login=None, booked_at__date__lt=before)
