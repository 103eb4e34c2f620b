"""Learners as their trainer or their supervisor may see them."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from toolkit.days import site_day

from enrolments.models import Cohort, Enrolment
from enrolments.querysets import EnrolmentQuerySet
from people.models import User


def run_or_404(request: HttpRequest, cohort: Cohort, enrolment: UUID, *, with_left: bool = False) -> Enrolment:
    """The learner's run in the cohort. Whoever was erased or has not come yet is not there, nor whoever withdrew."""
    theirs = Enrolment.objects.trained_by(cast(User, request.user), on=site_day())
    runs = theirs.come().filter(cohort=cohort, learner__blanked_at=None)
    runs = runs if with_left else runs.not_withdrawn()
    return get_object_or_404(runs.select_related("learner", "booked_by", "course", "cohort__course"), uuid=enrolment)


def supervised_by(person: User) -> EnrolmentQuerySet:
    """Whom the person supervises today. Whoever withdrew, was erased or has not come yet is not there."""
    theirs = Enrolment.objects.supervised_by(person, on=site_day())
    return theirs.not_withdrawn().come().filter(learner__blanked_at=None)
