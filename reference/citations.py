"""Where each source is cited, for the reading list.

Written pages are found here, whichever room they belong to. What else cites sources says so with `register`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from .choices import Nation
from .models import Source
from .pages import WrittenPage


@dataclass(frozen=True)
class Citing:
    """Something that cites a source. `url` is empty where there is nothing a stranger may open."""

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Listed:
    """A source and what cites it, by title."""

    source: Source
    cited_by: list[Citing]


Finder = Callable[[HttpRequest], Iterable[tuple[int, Citing]]]  # a request in; (source's pk, what cites it) out
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add something besides pages that cites sources. What it yields is in the request's language, or English."""
    _finders.append(finder)


def reading_list(request: HttpRequest) -> list[tuple[Nation, list[Listed]]]:
    """Every source under its nation, in the order of `Nation`. The same number of queries whatever the length."""
    cited = _cited(request)
    shelves: dict[str, list[Listed]] = defaultdict(list)
    for source in Source.objects.all():
        shelves[source.nation].append(Listed(source, sorted(cited[source.pk], key=lambda one: one.title)))
    return [(nation, shelves[nation]) for nation in Nation if shelves[nation]]


def _cited(request: HttpRequest) -> dict[int, set[Citing]]:
    cited: dict[int, set[Citing]] = defaultdict(set)
    for finder in (_pages, *_finders):
        for source_id, citing in finder(request):
            cited[source_id].add(citing)
    return cited


def _pages(request: HttpRequest) -> Iterable[tuple[int, Citing]]:
    """Live pages in the language, and the English ones that have none in it."""
    language = get_language() or "en"
    pairs = [pair for model in apps.get_models() if issubclass(model, WrittenPage) for pair in _pairs(model)]
    cited = Page.objects.live().public().filter(pk__in={page_id for page_id, _source_id in pairs})
    pages = cited.select_related("locale")
    there = {page.translation_key for page in pages if page.locale.language_code == language}
    shown = {
        page.pk: Citing(page.title, page.get_url(request) or "", page.locale.language_code)
        for page in pages
        if page.locale.language_code == language
        or (page.locale.language_code == "en" and page.translation_key not in there)
    }
    return [(source_id, shown[page_id]) for page_id, source_id in pairs if page_id in shown]


def _pairs(model: type[WrittenPage]) -> Iterable[tuple[int, int]]:
    """(page's pk, source's pk) for every citation by pages of one kind."""
    field = model._meta.get_field("sources")
    return field.remote_field.through.objects.values_list(f"{field.m2m_field_name()}_id", "source_id")
