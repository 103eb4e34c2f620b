"""Following an invitation link, and no longer asking for a place."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.adapters import NEXT_AFTER_SIGN_IN, NEXT_BY_LETTER
from people.models import User

from .answers import about, name_of, sent_by
from .choices import RequestState
from .invitations import (
    AddressRefused,
    InvitationRefused,
    accept_invitation,
    ends_of,
    read_invitation,
    require_addressee,
    run_it_booked,
    run_that_stays,
    waiting_for,
)
from .models import Enrolment, Invitation, PlaceRequest
from .places import NoPlacesLeft, has_place
from .requests import AlreadyOnCourse, ask_for_place, withdraw_request
from .resending import newer_letter


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is to, and the one button that fits: join, ask, sign in or make an account."""
    now = timezone.now()
    try:
        invitation = read_invitation(token, at=now)
        if request.method == "POST" and isinstance(request.user, User):
            act = _ask if invitation.asks_first else _join
            return act(request, invitation, request.user)
    except AddressRefused:
        return _page(request, invitation, token, status=409)
    except NoPlacesLeft as full:
        return render(request, "enrolments/no_places.html", {"refusal": full, "invitation": invitation}, status=409)
    except InvitationRefused as refused:
        refusal = newer_letter(token, at=now) or refused
        return render(request, "enrolments/refused.html", {"refusal": refusal}, status=410)
    return _page(request, invitation, token)


@require_http_methods(["GET", "POST"])
@login_required
def invited(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """The same page for somebody who is signed in and was written to at an address of theirs; no link is needed."""
    person = cast(User, request.user)
    sent = get_object_or_404(waiting_for(person, at=timezone.now()), uuid=invitation)
    if request.method == "POST":
        try:
            return _join(request, sent, person)
        except InvitationRefused as refused:  # taken back at this moment
            return render(request, "enrolments/refused.html", {"refusal": refused}, status=410)
    return _page(request, sent)


def _join(request: HttpRequest, invitation: Invitation, person: User) -> HttpResponse:
    there = run_that_stays(invitation, person) or run_it_booked(invitation, person)
    enrolment = accept_invitation(invitation, person, at=timezone.now())
    if enrolment == there:
        return _already_there(request, enrolment)
    messages.success(request, _("You are in: %(cohort)s.") % {"cohort": enrolment.cohort.name})
    return _to_course(enrolment)


def _ask(request: HttpRequest, invitation: Invitation, person: User) -> HttpResponse:
    try:
        ask_for_place(invitation, person, at=timezone.now())
    except AlreadyOnCourse as there:
        return _already_there(request, there.run)
    messages.success(request, _("You have asked for a place. You will get an e-mail with the answer."))
    return redirect("dashboard")


def _already_there(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    words = _("You are on this course already, in %(cohort)s. Nothing has changed.")
    messages.info(request, words % {"cohort": enrolment.cohort.name})
    return _to_course(enrolment)


def _to_course(enrolment: Enrolment) -> HttpResponse:
    page = enrolment.course.pages.filter(live=True).order_by("language").last()
    return redirect(page.url if page else "dashboard")


def _page(request: HttpRequest, invitation: Invitation, token: str = "", *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"invitation": invitation, "ends": ends_of(invitation)}
    context["about"] = about(invitation.cohort.course)
    if invitation.email:  # a link for several travels: the organisation stands on it, nobody's name
        context["sender"] = sent_by(invitation.created_by, name_of(invitation.organisation))
    context["is_full"] = not invitation.email and not has_place(invitation, at=timezone.now())
    if isinstance(request.user, User):
        context |= _standing(invitation, request.user)
    else:
        _remember(request, invitation, token)
    # The address is the secret, and the site's Referrer-Policy keeps it here. "no-referrer" would be too much: browsers
    # then post the form with "Origin: null", which is refused as a forgery.
    return render(request, "enrolments/join.html", context, status=status)


def _standing(invitation: Invitation, person: User) -> dict[str, Any]:
    """What stands between somebody and a place: another address, a run they have, a request that waits."""
    found: dict[str, Any] = {"run": run_that_stays(invitation, person)}
    try:
        require_addressee(invitation, person)
        found["booked"] = run_it_booked(invitation, person)
    except AddressRefused as refused:
        found["refusal"] = refused
    except InvitationRefused:
        pass  # sent to somebody else: said when they press the button
    if invitation.asks_first:
        waiting = PlaceRequest.objects.filter(person=person, cohort=invitation.cohort, state=RequestState.WAITING)
        found["asked"] = waiting.select_related("organisation").first()
    return found


def _remember(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """After signing in they come back here; a link sent to an address proves it (allauth reads this key).

    Such a link goes into no letter to another address: whoever reads that would prove this one.
    """
    here = reverse("join", args=[token])
    request.session[NEXT_AFTER_SIGN_IN] = here
    request.session[NEXT_BY_LETTER] = "" if invitation.email else here
    if invitation.email:
        request.session["account_verified_email"] = invitation.email


@login_required
@require_POST
def withdraw(request: HttpRequest, asked: UUID) -> HttpResponse:
    """The person asks for this place no more."""
    row = get_object_or_404(PlaceRequest, uuid=asked, person=request.user)
    if withdraw_request(row, at=timezone.now()).state == RequestState.WITHDRAWN:
        messages.success(request, _("You do not ask for this place any more."))
    else:
        messages.info(request, _("This was answered before you withdrew it."))
    return redirect("dashboard")
