"""Pages and documents kept back for some groups: somebody signed in who is in none of them finds nothing.

Wagtail would lead them to the sign-in page, which leads whoever is signed in straight back.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.models import Page

from media.models import SiteDocument

Served = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


@hooks.register("on_serve_page", order=-1)
def close_page(serve: Served) -> Served:
    def served(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        return _or_nothing(request, serve(page, request, args, kwargs))

    return served


@hooks.register("before_serve_document", order=-1)
def close_document(document: SiteDocument, request: HttpRequest) -> HttpResponse | None:
    """What Wagtail answers where it does not let somebody in, unless that is the way to the sign-in page again."""
    answer = check_view_restrictions(document, request)
    return _or_nothing(request, answer) if answer is not None else None


def _or_nothing(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    to_sign_in = answer.headers.get("Location", "").partition("?")[0] == reverse("wagtailcore_login")
    if to_sign_in and request.user.is_authenticated:
        raise Http404
    return answer
