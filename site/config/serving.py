"""Pages by their whole address, and public ones as they were made for the visitor before.

Wagtail asks for each level of an address, twice; a lesson has three levels.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from toolkit.kept import found_at, keep, place_of, stamp
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve


@dataclass(frozen=True)
class KeptPage:
    """A page as it goes to every visitor; `more` are the headers and the policies it was given."""

    content: bytes
    headers: dict[str, str]
    policies: dict[str, object]

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        policies = {name: value for name, value in vars(response).items() if name.startswith("_csp_")}
        return cls(response.content, dict(response.headers), policies)

    def as_response(self) -> HttpResponse:
        response = HttpResponse(self.content, headers=self.headers)
        vars(response).update(self.policies)
        return response


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A page; to visitors, who all get the same, as it is kept. Every header of the frame is still put on it anew."""
    if not is_for_visitors(request):
        return _served(request, path)
    place = place_of(f"page:{get_language()}:{request.build_absolute_uri()}", stamp())
    found = found_at(place)
    if isinstance(found, KeptPage):
        return found.as_response()
    response = _served(request, path)
    if isinstance(response, TemplateResponse):
        response.add_post_render_callback(lambda rendered: _keep(request, rendered, place))
    return response


def is_for_visitors(request: HttpRequest) -> bool:
    """Whether whoever asks cannot be told from anybody else: no session, so no message waits; and no question asked."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "GET" and not request.META.get("QUERY_STRING") and not has_session


def _keep(request: HttpRequest, response: HttpResponse, place: str) -> None:
    """Only a page that is there and has nothing of this visitor's in it: no cookie, and no form's token."""
    has_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META or "csrfmiddlewaretoken" in response.text
    if response.status_code == 200 and not response.cookies and not has_token:
        keep(place, KeptPage.of(response))


def _served(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view with all its hooks, told the page beforehand where one page has exactly this address."""
    page = _page_at(path)
    if page is not None:
        request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def _page_at(path: str) -> Page | None:
    """The live page at an address of the only site, as its own class; None leaves the looking to Wagtail."""
    known = Site.get_site_root_paths()
    roots = [root for root in known if root.language_code == get_language()]
    if len(roots) != 1:
        return None
    url_path = roots[0].root_path + "".join(f"{part}/" for part in path.split("/") if part)
    found = Page.objects.filter(url_path=url_path, live=True).values_list("pk", "content_type").first()
    if found is None:
        return None
    number, content_type = found
    kind = Page(content_type_id=content_type).cached_content_type.model_class()
    if kind is None or kind is Page:
        return None
    pages = kind._default_manager.select_related(*getattr(kind, "serve_with", ()))
    page = pages.defer(*getattr(kind, "serve_without", ())).filter(pk=number).first()
    if page is not None:
        page._wagtail_cached_site_root_paths = known  # or Wagtail asks the cache again for each address on the page
    return page
