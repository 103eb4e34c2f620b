"""The page that sends an invitation's letter once more. For leads and for trainers alike."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from toolkit.limits import within_limit

from enrolments.choices import InvitationState
from enrolments.invitations import with_standing
from enrolments.resending import NotSentAgain, send_again
from people.models import User

from .doors import both_ways
from .givers import Giver
from .inviting import LETTERS_PER_HOUR


@require_http_methods(["GET", "POST"])
def _again(request: HttpRequest, giver: Giver, invitation: UUID) -> HttpResponse:
    """Ask first, then send; pressed twice it is sent once."""
    now, person = timezone.now(), cast(User, request.user)
    row = get_object_or_404(with_standing(giver.invitations(), at=now), uuid=invitation)
    problem, status = "", 200
    if request.method == "POST":
        if not within_limit(f"invitation-letters:{person.pk}", limit=LETTERS_PER_HOUR, seconds=3600):
            problem, status = _("You have written many e-mails within an hour. Wait an hour."), 429
        else:
            try:
                send_again(row, by=person, at=now, language=get_language() or "en")
                messages.success(request, _("An e-mail to %(address)s is on its way.") % {"address": row.email})
                return redirect(giver.url("invitations"))
            except NotSentAgain as refused:
                problem, status = str(refused), 409
    context = {"invitation": row, "problem": problem, "is_open": row.email and row.standing == InvitationState.OPEN}
    return render(request, "training/invitation_again.html", giver.context("invitations") | context, status=status)


organisation_again, cohort_again = both_ways(_again)
