"""One learner of a cohort as its trainer may see them; whoever is none answers 404."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from toolkit.days import site_day

from enrolments.models import Cohort, Enrolment
from people.models import User


def run_or_404(request: HttpRequest, cohort: Cohort, enrolment: UUID, *, with_left: bool = False) -> Enrolment:
    """The learner's run in the cohort. Whoever was erased or has not come yet is not there, nor whoever withdrew."""
    theirs = Enrolment.objects.trained_by(cast(User, request.user), on=site_day())
    runs = theirs.come().filter(cohort=cohort, learner__blanked_at=None)
    runs = runs if with_left else runs.not_withdrawn()
    return get_object_or_404(runs.select_related("learner", "booked_by", "course", "cohort__course"), uuid=enrolment)
