"""Readings of the certificates that the learners of a cohort hold, each with what it is worth now."""

from django.utils import timezone
from toolkit.folding import fold

from credentials.models import Credential
from credentials.verification import Found
from enrolments.choices import EnrolmentState
from enrolments.models import Cohort, Enrolment


def certificates_of(run: Enrolment) -> list[Found]:
    """Everything earned in the run that stands in nothing's place any more, in the order it was earned."""
    today = run.cohort.today(timezone.now())
    rows = Credential.objects.not_replaced().filter(enrolment=run).order_by("awarded_at", "pk")
    return [Found(one, one.standing(today), None) for one in rows]


def certificates_of_leavers(cohort: Cohort) -> list[Found]:
    """The same of whoever withdrew and was not erased, by name: they stand on no board, and their page is gone."""
    today = cohort.today(timezone.now())
    rows = Credential.objects.not_replaced().filter(
        enrolment__cohort=cohort, enrolment__state=EnrolmentState.WITHDRAWN, learner__blanked_at=None
    )
    ordered = rows.select_related("learner", "enrolment").order_by("learner", "awarded_at", "pk")
    by_name = sorted(ordered, key=lambda one: fold(one.learner.name))
    return [Found(one, one.standing(today), None) for one in by_name]
