"""What the front page and standing pages list: whatever there is today, in their language or else in English."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from briefings.models import BriefingPage, ReportPage, StoryPage
from media.channel import in_one_language, public_films, still_of
from media.models import FilmPage
from reference.choices import Audience

FOR_DIRECTORS = {Audience.ALL, Audience.BOARDS, Audience.PARTNERSHIPS}


@dataclass(frozen=True)
class Listed:
    """One page of a list; `number` as printed, for a briefing."""

    title: str
    url: str
    lead: str
    language: str
    number: str = ""


MOST_BRIEFINGS = 3  # on the front page


def front(language: str) -> dict[str, list[Any]]:
    """Some of what anybody may read and watch, as pages: the first briefings, a film, the newest story."""
    return {
        "briefings": _standing(language)[:MOST_BRIEFINGS],
        "films": [(film, still_of(film)) for film in _to_begin_with(_films(language))],
        "stories": _readable(StoryPage, language)[-1:],
    }


def resources(request: HttpRequest, language: str) -> dict[str, list[Listed]]:
    """The guide, the briefings that stand, the films."""
    return {
        "reports": _listed(_readable(ReportPage, language), request),
        "briefings": _listed(_standing(language), request),
        "films": _listed(_films(language), request),
    }


def for_directors(request: HttpRequest, language: str) -> dict[str, list[Listed]]:
    """What says that it is for boards, partnerships or everyone."""
    return {
        "reports": _listed(_for_them(_readable(ReportPage, language)), request),
        "briefings": _listed(_for_them(_standing(language)), request),
        "films": _listed(_for_them(_films(language)), request),
        "stories": _listed(_for_them(_readable(StoryPage, language)), request),
    }


def _readable(model: Any, language: str, *related: str) -> list[Any]:
    """Published pages in the language, and the English ones that have none in it, oldest first."""
    pages = list(model.objects.live().public().filter(language__in={language, "en"}).select_related("locale", *related))
    there = {page.translation_key for page in pages if page.language == language}
    return [page for page in pages if page.language == language or page.translation_key not in there]


def _standing(language: str) -> list[BriefingPage]:
    """Briefings by number, without those that another has taken the place of."""
    pages = _readable(BriefingPage, language, "briefing")
    replaced = {page.supersedes_id for page in pages}
    return sorted((page for page in pages if page.briefing_id not in replaced), key=lambda one: one.briefing.number)


def _films(language: str) -> list[FilmPage]:
    """Those of the channel, which anybody may see, oldest first; never a film of a course."""
    return in_one_language(public_films(FilmPage.objects, language), language)[::-1]


def _to_begin_with(films: list[FilmPage]) -> list[FilmPage]:
    """The newest film that is for everyone, as a visitor may be anybody; where there is none, the newest."""
    return ([film for film in films if Audience.ALL in film.audience] or films)[-1:]


def _for_them(pages: list[Any]) -> list[Any]:
    return [page for page in pages if FOR_DIRECTORS & set(getattr(page, "audience", None) or [Audience.ALL])]


def _listed(pages: list[Any], request: HttpRequest) -> list[Listed]:
    return [Listed(page.title, page.get_url(request) or "", page.lead, page.language, _number(page)) for page in pages]


def _number(page: Page) -> str:
    return page.briefing.shown_number if isinstance(page, BriefingPage) else ""
