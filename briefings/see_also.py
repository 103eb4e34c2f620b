"""From addresses on this site to the pages that are there today."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.text import capfirst
from wagtail.models import Page, Site

ADDRESS = r"/([a-z0-9-]+/)+"


@dataclass(frozen=True)
class SeeAlso:
    """Another page worth reading; `kind` in words, such as “Lesson”."""

    title: str
    url: str
    kind: str
    language: str


def pages_at(addresses: list[str], request: HttpRequest, *, language: str) -> list[SeeAlso]:
    """The published pages at these addresses, in their order, each in the language given if there is one.

    Addresses are those of the English pages. Where there is no page, nothing is shown. At most four queries.
    """
    site = Site.find_for_request(request)
    if not addresses or site is None:
        return []
    front: str = site.root_page.url_path
    paths = [front + address.removeprefix("/") for address in addresses]
    found = {page.url_path: page for page in _pages(url_path__in=paths)}
    keys = [page.translation_key for page in found.values()]
    own = {} if language == "en" else {page.translation_key: page for page in _pages(
        translation_key__in=keys, locale__language_code=language)}  # fmt: skip
    pages = [own.get(found[path].translation_key, found[path]) for path in paths if path in found]
    return [
        SeeAlso(
            page.title,
            page.get_url(request) or "",
            str(capfirst(page.specific_class._meta.verbose_name)),
            page.locale.language_code,
        )
        for page in pages
    ]


def _pages(**wanted: object) -> "list[Page]":
    return list(Page.objects.live().public().filter(**wanted).select_related("locale"))
