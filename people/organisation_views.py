"""Beginning a sign-in through an organisation: by a button of ours, never by an address somebody else made one open."""

from allauth.socialaccount.providers.openid_connect.views import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from .models import OrganisationSignIn


@never_cache
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask first; then lead on by a page of ours.

    Not by a redirect: our content policy lets no form end on another host, and browsers hold redirects to it too.
    """
    services = OrganisationSignIn.objects.filter(is_open=True).select_related("organisation")
    context = {"service": get_object_or_404(services, key=provider_id)}
    if request.method != "POST":
        return render(request, "people/organisation_begin.html", context)
    answer: HttpResponse = login(request, provider_id)
    if answer.status_code != 302:
        return answer
    return render(request, "people/organisation_leads_on.html", {**context, "there": answer.headers["Location"]})
