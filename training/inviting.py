"""The pages of invitations: what there is, making one, withdrawing one. For leads and for trainers alike."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.days import site_day
from toolkit.limits import within_limit

from enrolments.choices import InvitationState
from enrolments.invitations import with_standing, withdraw_invitation
from enrolments.models import Invitation
from enrolments.places import NoPlacesLeft
from people.models import User

from .doors import both_ways
from .givers import Giver
from .invitation_forms import InvitationForm, LetterForm, LinkForm
from .making_invitations import InvitedAlready, TooManyUses, cohort_choices, make_link, send_letter, usual_uses
from .posters import poster

ROWS_ON_A_PAGE = 50
LETTERS_PER_HOUR = 60


@require_GET
def _show(request: HttpRequest, giver: Giver) -> HttpResponse:
    """Every invitation, the open ones first."""
    now = timezone.now()
    every = with_standing(giver.invitations(), at=now)
    page = Paginator(every, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, state := InvitationState(one.standing), _withdraw_url(giver, one, state)) for one in page]
    context = {"page_of": page, "rows": rows, "may_invite": bool(giver.cohorts(on=site_day(now)))}
    return render(request, "training/invitations.html", giver.context("invitations") | context)


def _withdraw_url(giver: Giver, invitation: Invitation, state: InvitationState) -> str:
    return giver.url("invitation_withdraw", invitation.uuid) if state == InvitationState.OPEN else ""


@require_http_methods(["GET", "POST"])
def _link(request: HttpRequest, giver: Giver) -> HttpResponse:
    """Make a link; it is shown in answer, this once. The same form sent again shows the same link."""
    form, template, now = _form(LinkForm, request, giver), "training/invitation_link.html", timezone.now()
    form.initial["max_uses"] = usual_uses(giver, at=now)
    if not form.is_valid():
        return _asked(request, giver, form, template)
    try:
        invitation, token = make_link(giver, form, by=cast(User, request.user), at=now)
    except TooManyUses as refused:
        form.add_error("max_uses", str(refused))
        return _asked(request, giver, form, template)
    if invitation.revoked_at:
        messages.info(request, _("This link was made and withdrawn. Make another."))
        return redirect(giver.url("invitations"))
    shown = {"invitation": invitation, **poster(token, invitation)}
    return render(request, "training/invitation_made.html", giver.context("invitations") | shown)


@require_http_methods(["GET", "POST"])
def _letter(request: HttpRequest, giver: Giver) -> HttpResponse:
    """Write to one person. Whether the address has an account changes nothing here."""
    form, template = _form(LetterForm, request, giver), "training/invitation_letter.html"
    if not form.is_valid():
        return _asked(request, giver, form, template)
    person = cast(User, request.user)
    if not within_limit(f"invitation-letters:{person.pk}", limit=LETTERS_PER_HOUR, seconds=3600):
        form.add_error(None, _("You have written many e-mails within an hour. Wait an hour, or send in a list."))
        return _asked(request, giver, form, template, status=429)
    try:
        sent = send_letter(giver, form, by=person, at=timezone.now())
    except (InvitedAlready, NoPlacesLeft) as refused:
        form.add_error(None, str(refused))
        return _asked(request, giver, form, template, status=409)
    messages.success(request, _("An e-mail to %(address)s is on its way.") % {"address": sent.email})
    return redirect(giver.url("invitations"))


def _form(kind: type[InvitationForm], request: HttpRequest, giver: Giver) -> Any:
    today = site_day()
    data = request.POST if request.method == "POST" else None
    return kind(data, cohorts=cohort_choices(giver, at=timezone.now()), today=today)


def _asked(
    request: HttpRequest, giver: Giver, form: InvitationForm, template: str, *, status: int = 422
) -> HttpResponse:
    context = giver.context("invitations") | {"form": form}
    return render(request, template, context, status=status if form.errors else 200)


@require_http_methods(["GET", "POST"])
def _withdraw(request: HttpRequest, giver: Giver, invitation: UUID) -> HttpResponse:
    """Ask first, then withdraw; done twice is done once."""
    now = timezone.now()
    row = get_object_or_404(with_standing(giver.invitations(), at=now), uuid=invitation)
    if request.method == "POST":
        withdraw_invitation(row, at=now, by=cast(User, request.user))
        messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
        return redirect(giver.url("invitations"))
    waiting = giver.requests().filter(invitation=row, decided_at=None).count()
    context = {"invitation": row, "waiting": waiting, "is_open": row.standing == InvitationState.OPEN}
    return render(request, "training/invitation_withdraw.html", giver.context("invitations") | context)


organisation_invitations, cohort_invitations = both_ways(_show)
organisation_link, cohort_link = both_ways(_link)
organisation_letter, cohort_letter = both_ways(_letter)
organisation_withdraw, cohort_withdraw = both_ways(_withdraw)
