"""Signing in through an organisation's own service (OpenID Connect).

A service speaks only for addresses that end as its organisation's do: anything else it says opens no account, neither
a new one nor one that is there. A staff role still needs our own second step, because we cannot see whether the
service asked for one.
"""

import json
from io import BytesIO
from time import monotonic
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal.flows.signup import clear_pending_signup
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from toolkit.days import site_day
from urllib3.exceptions import HTTPError

from .asking_in_time import ended_by
from .memberships import has_left
from .models import Membership, OrganisationSignIn, User
from .owners import owner_of, proved_addresses
from .second_step import unsealed
from .service_answers import MOST_BYTES, NotUsable, Reading, read_object, reading_of

PROVIDER = "openid_connect"


def sign_in_for(email: str) -> OrganisationSignIn | None:
    """The service of the organisation whose addresses end like this one."""
    services = OrganisationSignIn.objects.filter(is_open=True).select_related("organisation").order_by("pk")
    return next((service for service in services if service.speaks_for(email)), None)


def app_of(service: OrganisationSignIn) -> SocialApp:
    """What allauth needs to know of a service; never saved."""
    return SocialApp(
        provider=PROVIDER,
        provider_id=service.key,
        name=service.organisation.name,
        client_id=service.client_id,
        secret=unsealed(service.sealed_secret),
        settings={"server_url": service.server_url, "oauth_pkce_enabled": True},
    )


def _refused(request: HttpRequest, service: OrganisationSignIn) -> ImmediateHttpResponse:
    context = {"organisation": service.organisation}
    return ImmediateHttpResponse(render(request, "people/organisation_refused.html", context, status=403))


def _did_not_answer(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=502)


def _plain(answer: requests.Response, reading: Reading) -> requests.Response:
    """A copy of what is known of an answer; one that leads elsewhere is none. Raises requests' errors and NotUsable."""
    if answer.status_code not in (200, 201):
        raise requests.HTTPError
    body = b""
    for piece in answer.iter_content(1 << 14):
        body += piece
        if len(body) > MOST_BYTES:
            raise NotUsable
    plain = requests.Response()
    plain.status_code, plain.headers["content-type"] = 200, "application/json"
    plain.raw = BytesIO(json.dumps(reading(read_object(body))).encode())
    return plain


def _has_left(person: User, service: OrganisationSignIn, addresses: set[str]) -> bool:
    """Whether they left the service's organisation, or one that shares its addresses and does not belong to it."""
    today = site_day()
    if has_left(person, service.organisation, on=today):
        return True
    if Membership.objects.filter(person=person, organisation=service.organisation).current(today).exists():
        return False
    others = OrganisationSignIn.objects.exclude(pk=service.pk).select_related("organisation")
    sharing = [other for other in others if any(other.speaks_for(address) for address in addresses)]
    return any(has_left(person, other.organisation, on=today) for other in sharing)


class OrganisationSignInAdapter(DefaultSocialAccountAdapter):
    """allauth's sign-in through others, with our table of services and our trust in them."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        services = OrganisationSignIn.objects.filter(is_open=True).select_related("organisation").order_by("pk")
        if provider not in (None, PROVIDER):
            services = services.filter(key=provider)
        if client_id:
            services = services.filter(client_id=client_id)
        return [app_of(service) for service in services]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse, in words, a service that speaks for an address which is not its organisation's, or is not theirs.

        A service opens accounts of its own addresses and no others: it is never tied to the account of whoever happens
        to be signed in, and a tie from before is undone once the account has none of the addresses it speaks for.
        Whoever has left the organisation, or another with the same addresses, is not let in by it; the tie waits,
        should they be taken back. One page for all of this, so that nobody over there learns which it was.
        """
        service = self._service(sociallogin)
        addresses = {address.email.lower() for address in sociallogin.email_addresses}
        if not addresses or not all(service.speaks_for(address) for address in addresses):
            raise _refused(request, service)
        if sociallogin.is_existing and not addresses & proved_addresses(sociallogin.user):
            sociallogin.account.delete()
            raise _refused(request, service)
        if sociallogin.is_existing and _has_left(sociallogin.user, service, addresses):
            raise _refused(request, service)
        is_somebody_else = request.user.is_authenticated and sociallogin.user != request.user
        if sociallogin.state.get("process") == AuthProcess.CONNECT or is_somebody_else:
            raise _refused(request, service)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Asked again at every look at the form of a first sign-in: the service may speak for others by then."""
        service = self._service(sociallogin)
        if not all(service.speaks_for(address.email) for address in sociallogin.email_addresses):
            clear_pending_signup(request)
            raise _refused(request, service)
        return bool(super().is_open_for_signup(request, sociallogin))

    def is_email_verified(self, provider: Any, email: str) -> bool:
        service = OrganisationSignIn.objects.get(key=provider.app.provider_id)
        return service.speaks_for(email)

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return self._service(login).speaks_for(email)

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Any, str] | None:
        """The account of the owner of an address the service vouches for, never of somebody who only typed it."""
        for address in (one.email for one in sociallogin.email_addresses if one.verified):
            if self.can_authenticate_by_email(sociallogin, address) and (owner := owner_of(address)):
                return owner, address
        return None

    def get_requests_session(self) -> requests.Session:
        """What asks the service; one that is silent, refuses or answers nonsense is said in words, no fault of ours."""
        session = super().get_requests_session()
        really, until = session.request, self._until()

        def ask(method: str, url: str, **how: Any) -> requests.Response:
            reading = reading_of(method, is_with_token=bool(how.get("headers")))
            try:
                with (
                    ended_by(until, session),
                    really(method, url, **{**how, "stream": True, "allow_redirects": False}) as answer,
                ):
                    return _plain(answer, reading)
            except (requests.RequestException, HTTPError, NotUsable, ValueError) as error:
                raise ImmediateHttpResponse(_did_not_answer(self.request)) from error

        session.request = ask  # type: ignore[method-assign, assignment]
        return session

    def _until(self) -> float:
        """When everything that one request of ours asks of the service must have ended, on the monotonic clock."""
        if not hasattr(self.request, "organisation_answers_by"):
            self.request.organisation_answers_by = monotonic() + settings.ORGANISATION_ANSWERS_WITHIN_SECONDS
        return float(self.request.organisation_answers_by)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        said = sociallogin.account.get_provider_account().get_user_data() or {}
        return {**super().get_signup_form_initial_data(sociallogin), "name": said.get("name", "")}

    def _service(self, login: SocialLogin) -> OrganisationSignIn:
        return OrganisationSignIn.objects.get(key=login.provider.app.provider_id)
