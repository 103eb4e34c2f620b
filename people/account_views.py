"""allauth's pages that would end in a fault of ours, answered in a sentence. people/urls.py puts them first."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.socialaccount.internal.flows.signup import clear_pending_signup
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.views import SignupView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .models import User
from .passkey_forms import PasskeyAgainForm

UNPROVED = "account/messages/unverified_primary_email.txt"
TAKEN = "account/messages/primary_email_taken.txt"


class AddressesView(EmailView):
    """One's own addresses. Which one is written to is the address one signs in with, and nobody else may sign in so."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self._chosen(request)
        if chosen and (template := _why_not_written_to(chosen)):
            return self._told(request, template, chosen.email)
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except IntegrityError:  # the same form twice at once, or somebody else was first
            template = (chosen and _why_not_written_to(chosen)) or ""
            return self._told(request, template, chosen.email if chosen else "")

    def _chosen(self, request: HttpRequest) -> EmailAddress | None:
        """The address that is to be written to from now on, if that is what was pressed."""
        if "action_primary" not in request.POST or not request.POST.get("email"):
            return None
        address: EmailAddress | None = self._get_email_address(request)
        return address

    def _told(self, request: HttpRequest, template: str, email: str) -> HttpResponse:
        if template:
            get_adapter().add_message(request, messages.ERROR, template, {"email": email})
        else:
            messages.info(request, _("That was done already."))
        return redirect("account_email")


def _why_not_written_to(address: EmailAddress) -> str:
    """Nobody learns of an address they have not proved whether somebody signs in with it."""
    if not address.verified and not address.primary:
        return UNPROVED
    others = User.objects.exclude(pk=address.user_id).filter(email__lower=address.email.lower())
    return TAKEN if others.exists() else ""


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """The passkey once more. Refused, the page is shown again; allauth leads to signing in, which is done."""

    def form_invalid(self, form: PasskeyAgainForm) -> HttpResponse:
        return self.render_to_response({**self.get_context_data(), "form": form})


class FirstOrganisationSignInView(SignupView):
    """Name and agency after an organisation's answer; its service may be closed or renamed while they are written."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer
        except SocialApp.DoesNotExist:
            clear_pending_signup(request)
            return render(request, "people/organisation_closed.html", status=403)


addresses, passkey_again = AddressesView.as_view(), PasskeyAgainView.as_view()
first_organisation_sign_in = FirstOrganisationSignInView.as_view()
