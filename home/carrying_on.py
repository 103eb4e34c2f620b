"""Where whoever is looking at the front page would carry on."""

from django.http import HttpRequest

from enrolments.models import Enrolment
from player.resume import CarryOn, carry_on, outlines


def carry_on_of(request: HttpRequest) -> CarryOn | None:
    """The place in the newest run of somebody on a course; None for everybody else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    run = Enrolment.objects.belonging_to(user).not_withdrawn().select_related("course").order_by("-booked_at").first()
    if run is None:
        return None
    return carry_on(run, outlines(run, language=user.language), language=user.language)
