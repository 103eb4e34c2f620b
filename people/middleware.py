"""What holds for every request of somebody signed in."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from .second_step import STEPS, was_given
from .staff import holds_staff_role

GetResponse = Callable[[HttpRequest], HttpResponse]
# The account itself, where a second step is set up, and the way out of it: whole names, and families of names.
OPEN_WITHOUT = ("account", "organisation_sign_in", "try")
OPEN_FAMILIES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_", "try_")
WANTED = "wanted_before_second_step"  # the address somebody was led away from; both pages of the step lead back to it
LISTED = "sign_in_listed_at"
LISTED_ANEW_AFTER = timedelta(minutes=10)


class StaffGiveASecondStep:
    """Who holds a staff role and gave no second step sees only their account (QUALITY: MFA forced for staff roles)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *of_the_view: object) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open_without(request.resolver_match):
            return None
        if not holds_staff_role(request.user) or was_given(request):  # type: ignore[arg-type]
            if request.session.get(WANTED) == request.get_full_path():
                del request.session[WANTED]  # they are there
            return None
        if request.method not in ("GET", "HEAD"):
            return render(request, "account/second_step_needed.html", status=403)
        has_one = get_adapter().is_mfa_enabled(request.user, STEPS)
        request.session[WANTED] = request.get_full_path()
        words = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('mfa_reauthenticate' if has_one else 'mfa_index')}?{words}")


def _is_open_without(match: ResolverMatch | None) -> bool:
    # None of these has a namespace, and screens of the desk have one: such a screen is not open whatever it is called.
    if match is None or match.namespaces:
        return False
    return match.view_name in OPEN_WITHOUT or match.view_name.startswith(OPEN_FAMILIES)


class SignInsAreListed:
    """The list of a person's sign-ins says when and where each was last used, to ten minutes.

    allauth's own middleware would write that at every request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_due(request):
            request.session[LISTED] = timezone.now().timestamp()
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def _is_due(request: HttpRequest) -> bool:
    listed_at = request.session.get(LISTED, 0)
    return bool(timezone.now().timestamp() - listed_at > LISTED_ANEW_AFTER.total_seconds())


class TheirOwnTime:
    """Times on the page are the person's own: in the time zone they chose (Europe/London unless they said)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(request.user.time_zone):  # type: ignore[union-attr]
            return self.get_response(request)
