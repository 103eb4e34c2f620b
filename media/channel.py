"""The films of a channel for one person: with length and audience, by topic, in their language or else in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from people.models import User
from reference.choices import Audience, Topic

from .films import Watching
from .moments import clock
from .watching import resumable

if TYPE_CHECKING:
    from .pages import FilmIndexPage, FilmPage

CARD = "fill-640x360|format-webp|webpquality-70"


@dataclass(frozen=True)
class Entry:
    """One film in the list. `place` is where the person left it, as a clock; empty if they did not."""

    page: FilmPage
    poster: str
    is_watched: bool
    place: str
    is_other_language: bool

    @property
    def length(self) -> str:
        return clock(self.page.seconds)

    @property
    def audience(self) -> list[str]:
        return [str(Audience(one).label) for one in self.page.audience if one in Audience.values]

    @property
    def topics(self) -> list[str]:
        return [str(Topic(one).label) for one in self.page.topics if one in Topic.values]


@dataclass(frozen=True)
class Choice:
    """A way to narrow the list: an audience or a topic some film has."""

    value: str
    label: str
    link: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Channel:
    """The list, and the ways to narrow it."""

    entries: list[Entry]
    audiences: list[Choice]
    topics: list[Choice]
    is_narrowed: bool


def channel_of(index: FilmIndexPage, request: HttpRequest, pages: Any) -> Channel:
    """The channel for whoever asks; `?audience=` and `?topic=` narrow it. `pages` is every film page there is."""
    shown = in_one_language(public_films(pages, index.language), index.language)
    audience, topic = request.GET.get("audience", ""), request.GET.get("topic", "")
    audience = audience if audience in Audience.values else ""
    topic = topic if topic in Topic.values else ""
    chosen = [page for page in shown if _is_for(page, audience) and (not topic or topic in page.topics)]
    return Channel(
        entries=_entries(chosen, index.language, request.user),
        audiences=_audiences(shown, audience, topic),
        topics=_topics(shown, audience, topic),
        is_narrowed=bool(audience or topic),
    )


def public_films(pages: Any, language: str) -> list[FilmPage]:
    """Live film pages under a live channel in the language or in English, newest first."""
    posters = Prefetch("poster", get_image_model().objects.prefetch_renditions(CARD))
    found = pages.live().public().filter(language__in=[language, "en"]).select_related("film", "film_file", "locale")
    channels = _channel_paths()
    newest_first = found.prefetch_related(posters).order_by("-first_published_at", "-pk")
    return [page for page in newest_first if page.path[: -Page.steplen] in channels]


def _channel_paths() -> set[str]:
    from .pages import FilmIndexPage  # it asks this module for its list

    return set(FilmIndexPage.objects.live().values_list("path", flat=True))


def in_one_language(pages: Iterable[FilmPage], language: str) -> list[FilmPage]:
    """Each film once: its page in the language where there is one."""
    by_film: dict[int, FilmPage] = {}
    for page in pages:
        if page.film_id not in by_film or page.language == language:
            by_film[page.film_id] = page
    return list(by_film.values())


def _is_for(page: FilmPage, audience: str) -> bool:
    return not audience or audience in page.audience or Audience.ALL in page.audience


def _entries(pages: list[FilmPage], language: str, person: User | AnonymousUser) -> list[Entry]:
    watching: dict[int, Watching] = {}
    if person.is_authenticated:
        films = [page.film_id for page in pages]
        watching = {row.film_id: row for row in Watching.objects.filter(person=person, film__in=films)}
    roots = Site.get_site_root_paths()
    entries = []
    for page in pages:
        page._wagtail_cached_site_root_paths = roots  # or Wagtail asks the shared cache once for each address
        row = watching.get(page.film_id)
        place = resumable(row.place_seconds, page.seconds) if row else 0
        entries.append(
            Entry(
                page=page,
                poster=still_of(page),
                is_watched=bool(row and row.watched_at),
                place=clock(place) if place else "",
                is_other_language=page.language != language,
            )
        )
    return entries


def still_of(page: FilmPage) -> str:
    """The address of the picture that stands for a film in a list: its poster, or a drawn card."""
    if page.poster:
        return str(page.poster.get_rendition(CARD).url)
    return reverse("film_card", args=[page.film.key])


def _audiences(pages: list[FilmPage], audience: str, topic: str) -> list[Choice]:
    within = [page for page in pages if not topic or topic in page.topics]
    counts = {one: sum(_is_for(page, one) for page in within) for one in Audience.values if one != Audience.ALL}
    return [
        Choice(one, str(Audience(one).label), _link(one, topic), count, one == audience)
        for one, count in counts.items()
        if count
    ]


def _topics(pages: list[FilmPage], audience: str, topic: str) -> list[Choice]:
    within = [page for page in pages if _is_for(page, audience)]
    counts = {one: sum(one in page.topics for page in within) for one in Topic.values}
    return [
        Choice(one, str(Topic(one).label), _link(audience, one), count, one == topic)
        for one, count in counts.items()
        if count
    ]


def _link(audience: str, topic: str) -> str:
    parts = [f"{name}={value}" for name, value in (("audience", audience), ("topic", topic)) if value]
    return "?" + "&".join(parts)
