"""The same question in the other language."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


def tongues(request: HttpRequest) -> list[dict[str, str]]:
    """The address of this page in every language, with what was asked."""
    asked = request.GET.urlencode()
    addresses = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses.append({"code": code, "url": f"{reverse('search')}?{asked}" if asked else reverse("search")})
    return addresses
