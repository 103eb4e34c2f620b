"""Who was written to and has not come yet: an account made by a list, or an invitation; nothing tells them apart.

Trainers see how many there are and not who: a list that booked somebody at once and one that asked them would differ.
"""

from .models import Cohort, Enrolment, Invitation


def not_come_count(cohort: Cohort) -> int:
    """People of a cohort who got a letter of their own and have not answered it."""
    asked = Invitation.objects.filter(cohort=cohort, revoked_at=None, uses=None).exclude(email="")
    return asked.count() + Enrolment.objects.filter(cohort=cohort, learner__blanked_at=None).not_come().count()
