"""Headers that depend on which page is served."""

from collections.abc import Callable
from logging import getLogger

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from people.permissions import works_at_desk
from publishing.desk.page_numbers import names_known_pages

from .posted import are_rows, came_of_reading, is_as_browsers_send

logger = getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
PLAIN_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class CompressedPages(GZipMiddleware):
    """Pages and other text go out compressed; films and papers, which are sent in ranges, as they are.

    Django pads each answer at random against BREACH, and our tokens are masked anew in each.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        return super().process_response(request, response) if kind.startswith("text/") else response


class PolicyHeaders:
    """Cross-origin policy on every answer; the editor's looser content policy under /admin/ only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        return response


class EditorPolicy:
    """Wagtail's editor has inline scripts; only its own pages may run them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = settings.EDITOR_POLICY  # type: ignore[attr-defined]
        return response


class PlainMethods:
    """Nothing outside the desk means anything by PUT, PATCH or DELETE; some views would take them for a GET or POST.

    Wagtail's own scripts use two of them under /admin/.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in PLAIN_METHODS and not request.path.startswith("/admin/"):
            return HttpResponseNotAllowed(PLAIN_METHODS)
        return self.get_response(request)


class TheDeskIsForEditors:
    """Somebody signed in without an editor's role is refused in words; Wagtail would send them round in circles."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        user, at_the_desk = request.user, request.path.startswith("/admin/")
        if at_the_desk and user.is_authenticated and not works_at_desk(user):
            raise PermissionDenied


class FormsArriveWhole:
    """A form that no browser sends is a bad request, said in words: of the desk (config/posted.py), or in odd letters.

    Django reads forms in UTF-8 only, and its own pages for faults read the form once more.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
        if is_form and (request.encoding or "utf-8").lower() != "utf-8":
            return self._refused()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *of_the_view: object) -> HttpResponse | None:
        if request.path.startswith("/admin/bulk/") and not are_rows(request.GET.getlist("id")):
            return self._refused()
        is_sent = request.method == "POST" and request.path.startswith("/admin/")
        if is_sent and not is_as_browsers_send(request.POST):
            return self._refused()
        if is_sent and not names_known_pages(request.POST, request.user):
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith("/admin/") or not came_of_reading(exception):
            return None
        logger.warning("a form of the desk could not be read", exc_info=exception)
        return self._refused()

    def _refused(self) -> HttpResponse:
        return HttpResponseBadRequest(_("The form did not arrive whole. Please go back and send it again."))


# What a shared cache may keep for visitors, by the name of its address; each is the same for every one of them.
FOR_EVERYBODY = {
    "wagtail_serve",
    "briefing",
    "briefing_pdf",
    "briefing_feed",
    "film_card",
    "film_captions",
    "film_file",
    "glossary",
    "glossary_term",
    "reading",
    "uploaded_picture",
}


class PrivatePagesStayPrivate:
    """What is not the same for everybody is never kept by a shared cache or shown by the back button later.

    That is every address but those named above: whoever adds one whose address is a secret has nothing to remember.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" in response.headers:
            return response
        if not _is_for_everybody(request, response):
            patch_cache_control(response, private=True, no_store=True)
        elif "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
            # A form with this visitor's token. Stored by nobody at all, browsers would empty it on the way back to it.
            patch_cache_control(response, private=True)
        return response


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """A public address that is there, asked by a visitor without a session.

    A secret that was mistyped or cut in two lands among the pages as well, as one that is not there.
    """
    if request.user.is_authenticated or settings.SESSION_COOKIE_NAME in request.COOKIES or response.status_code >= 400:
        return False
    match = request.resolver_match
    return match is not None and match.url_name in FOR_EVERYBODY
