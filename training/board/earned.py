"""Readings of the certificates that the learners of a cohort hold."""

from django.utils import timezone

from credentials.models import Credential
from credentials.verification import Found
from enrolments.models import Enrolment


def certificates_of(run: Enrolment) -> list[Found]:
    """Everything earned in the run that stands in nothing's place any more, with what it is worth now."""
    now = timezone.now()
    rows = Credential.objects.not_replaced().filter(enrolment=run).order_by("awarded_at", "pk")
    return [Found(one, one.standing(run.cohort.today(now)), None) for one in rows]
