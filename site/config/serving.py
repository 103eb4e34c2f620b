"""Pages by their whole address. Wagtail asks for each level of an address, twice; a lesson has three levels."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve


def serve(request: HttpRequest, path: str) -> HttpResponse:
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
