"""What came back to a learner for revision and is with them still, for their own page."""

from django.db.models import Exists, OuterRef, QuerySet

from assessments.choices import AttemptState
from assessments.models import Response, RevisionRequest
from enrolments.choices import EnrolmentState
from people.models import User


def came_back_to(learner: User) -> QuerySet[RevisionRequest]:
    """Every request that was neither answered nor overtaken by a score, the earliest day first; one statement."""
    later = Response.objects.filter(place=OuterRef("response__place"), try_number__gt=OuterRef("response__try_number"))
    asked = RevisionRequest.objects.filter(
        ~Exists(later),
        response__place__attempt__learner=learner,
        response__place__attempt__state=AttemptState.RETURNED,
        response__scores=None,
    ).exclude(response__place__attempt__link__enrolment__state=EnrolmentState.WITHDRAWN)
    return asked.select_related("response__place__attempt__assessment").order_by("due_on", "pk")
