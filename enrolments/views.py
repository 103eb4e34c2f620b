"""Following an invitation link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.adapters import NEXT_AFTER_SIGN_IN

from .invitations import InvitationRefused, accept_invitation, read_invitation
from .models import Invitation


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is to, and the one button that fits: join, sign in or make an account."""
    now = timezone.now()
    try:
        invitation = read_invitation(token, at=now)
        if request.method == "POST" and request.user.is_authenticated:
            enrolment = accept_invitation(invitation, request.user, at=now)
            messages.success(request, _("You are in: %(cohort)s.") % {"cohort": enrolment.cohort.name})
            page = enrolment.course.pages.filter(live=True).order_by("language").last()
            return redirect(page.url if page else "dashboard")
    except InvitationRefused as refused:
        return render(request, "enrolments/refused.html", {"refusal": refused}, status=410)
    if not request.user.is_authenticated:
        _remember(request, invitation, token)
    # The address is the secret, and the site's Referrer-Policy keeps it here. "no-referrer" would be too much: browsers
    # then post the form with "Origin: null", which is refused as a forgery.
    return render(request, "enrolments/join.html", {"invitation": invitation, "token": token})


def _remember(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """After signing in they come back here; a link sent to an address proves it (allauth reads this key)."""
    request.session[NEXT_AFTER_SIGN_IN] = reverse("join", args=[token])
    if invitation.email:
        request.session["account_verified_email"] = invitation.email
