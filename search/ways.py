"""Ways on for somebody who has found nothing, or has not asked yet: the shelves that are there."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from briefings.models import BriefingIndexPage, ReportIndexPage, StoryIndexPage
from courses.models import CoursePage
from media.models import FilmIndexPage

SHELVES: tuple[type[Page], ...] = (CoursePage, BriefingIndexPage, FilmIndexPage, StoryIndexPage, ReportIndexPage)


@dataclass(frozen=True)
class Way:
    """A shelf or page to go to."""

    title: str
    url: str
    language: str


def ways_in(request: HttpRequest) -> list[Way]:
    """Each live shelf, in the page's language or else in English. One query."""
    language = get_language() or "en"
    pages = Page.objects.live().public().type(*SHELVES).filter(locale__language_code__in={language, "en"})
    shown: dict[str, Page] = {}
    for page in pages.select_related("locale").order_by("path"):
        key = str(page.translation_key)
        if key not in shown or page.locale.language_code == language:
            shown[key] = page
    return [Way(page.title, page.get_url(request) or "", page.locale.language_code) for page in shown.values()]
