"""A learner's own attempt, by its address; everybody else's is not found."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Attempt
from enrolments.choices import EnrolmentState


def own_attempt(request: HttpRequest, attempt_uuid: str) -> Attempt:
    """To read."""
    mine = Attempt.objects.belonging_to(request.user).select_related(
        "assessment__activity__module", "link__enrolment__cohort"
    )
    return get_object_or_404(mine, uuid=attempt_uuid)


def attempt_to_write(request: HttpRequest, attempt_uuid: str) -> Attempt:
    """If the run it belongs to still goes on; somebody withdrawn may read, not write."""
    attempt = own_attempt(request, attempt_uuid)
    if attempt.link.enrolment.state == EnrolmentState.WITHDRAWN:
        raise Http404
    return attempt
