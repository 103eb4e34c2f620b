"""Who was written to and has not come yet: by a list, an invitation or the answer to a request; all look alike.

Trainers see how many there are and not who: a list that booked somebody at once and one that asked them would differ.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, TruncDate
from django.utils import timezone

from people.models import Membership

from .choices import EnrolmentState
from .models import Cohort, Enrolment, Invitation
from .querysets import by_a_yes

INVITED_FOR = timedelta(days=60)  # by a list
KEPT_FOR = timedelta(days=366)  # a place beside the run somebody has (kept_places.py)


def unanswered(*, on: date) -> QuerySet[Invitation]:
    """Addressed invitations nobody took back or answered, whether their link still works or not.

    One to somebody who has left the organisation since it was made counts no more, as a booking of theirs does not.
    Nor does one that a night may have emptied that day, whether it has or not: `forgotten` does not wait for nights.
    """
    left = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        person__email=Lower(OuterRef("email")),
        ended_on__lte=on,
        ended_on__gte=TruncDate(ExpressionWrapper(OuterRef("created_at"), DateTimeField())),
    )
    waiting = Invitation.objects.filter(revoked_at=None, uses=None).exclude(email="")
    return waiting.exclude(expires_at__lt=_emptied_before(on)).exclude(Exists(left))


def _emptied_before(on: date) -> datetime:
    """Invitations that ran out before may be emptied by the end of that day (enrolments/personal.py)."""
    ends = datetime.combine(on + timedelta(days=1), time(), timezone.get_default_timezone())
    return ends - timedelta(days=settings.RETENTION_DAYS["invitations"])


def not_come_count(cohort: Cohort, *, on: date) -> int:
    """People of a cohort who got a letter of their own and have not answered it."""
    asked = unanswered(on=on).filter(cohort=cohort)
    booked = Enrolment.objects.filter(cohort=cohort, learner__blanked_at=None).still_booked(on).not_come()
    booked = booked.exclude(forgotten(on=on))
    return asked.values_list("pk").union(booked.values_list("pk"), all=True).count()


def forgotten(*, on: date) -> Q:
    """Bookings nobody began, so old that what looks like them is emptied: an invitation of the same list, a kept place.

    They stand on no list and keep no place from then on, as the other does not; whoever begins is seen again.
    """
    of_a_yes = Q(by_a_yes(), state=EnrolmentState.BOOKED, booked_at__lt=_emptied_before(on) - KEPT_FOR)
    return never_seen(on=on) | of_a_yes


def never_seen(*, on: date) -> Q:
    """Those of them whose learner never signed in. Nobody else knows them as a member; who asked for a place is one."""
    before = _emptied_before(on) - INVITED_FOR
    return Q(state=EnrolmentState.BOOKED, learner__last_login=None, booked_at__lt=before)
