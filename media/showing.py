"""What a page needs to show a film to somebody: small dataclasses the templates only print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from toolkit.kept_back import lets_in

from .chapters import Chapter, chapter_at
from .choices import LineKind
from .moments import clock, read_moment
from .transcripts import Line, finds, line_at
from .watching import SPEEDS, open_film, place_of

if TYPE_CHECKING:
    from .pages import FilmPage

POSTER = "fill-1280x720|format-webp|webpquality-75"


@dataclass(frozen=True)
class ShownLine:
    """A line of the transcript. `name` is its own on the page, `link` leads to its moment."""

    line: Line
    name: str
    link: str
    is_here: bool
    is_found: bool = True

    @property
    def clock(self) -> str:
        return clock(self.line.at)

    @property
    def is_visual(self) -> bool:
        return self.line.kind == LineKind.VISUAL


@dataclass(frozen=True)
class ShownChapter:
    """A chapter with the address of its moment."""

    chapter: Chapter
    link: str
    is_here: bool

    @property
    def clock(self) -> str:
        return clock(self.chapter.at)


@dataclass(frozen=True)
class Track:
    """Captions in one language."""

    language: str
    name: str
    url: str


@dataclass(frozen=True)
class ShownPrivately:
    """Where somebody who is shown this version of a film alone finds its file and captions.

    A higher room puts it on the request as `shown_privately`; nothing is remembered of whoever watches so.
    """

    file: str
    captions: str


@dataclass(frozen=True)
class Showing:
    """A film as one person meets it: where it starts, and what of the transcript they asked for."""

    page: FilmPage
    start: float
    is_resumed: bool
    is_moment: bool
    lines: list[ShownLine]
    chapters: list[ShownChapter]
    tracks: list[Track]
    opening: str
    query: str
    file_url: str = ""

    speeds = SPEEDS

    @property
    def start_clock(self) -> str:
        return clock(self.start)

    @property
    def length_clock(self) -> str:
        return clock(self.page.seconds)

    @property
    def source(self) -> str:
        """The file's address, with the moment to start at."""
        return f"{self.file_url}#t={self.start:g}" if self.start else self.file_url

    @property
    def poster(self) -> str:
        """The poster's address; a drawn card where there is none."""
        if self.page.poster:
            return str(self.page.poster.get_rendition(POSTER).url)
        return reverse("film_card", args=[self.page.film.key])

    @property
    def found_count(self) -> int:
        """How many lines hold what was searched for."""
        return sum(one.is_found for one in self.lines)

    @property
    def here(self) -> ShownLine | None:
        """The line of the moment the page opens at."""
        return next((one for one in self.lines if one.is_here), None)


def showing_of(page: FilmPage, request: HttpRequest) -> Showing:
    """The film for whoever asks, at `?t=` if that says a moment, else where they left it."""
    asked = read_moment(request.GET.get("t", ""))
    is_moment = asked is not None and asked <= page.seconds
    private: ShownPrivately | None = getattr(request, "shown_privately", None)
    place = 0.0 if asked is not None or private else place_of(request.user, page.film)
    start = asked if asked is not None and is_moment else place
    query = request.GET.get("q", "").strip()[:100]
    lines, chapters = page.lines, page.chapter_list
    return Showing(
        page=page,
        start=start,
        is_resumed=bool(place),
        is_moment=is_moment,
        lines=_lines(lines, line_at(lines, start) if is_moment or place else None, query),
        chapters=_chapters(chapters, chapter_at(chapters, start) if is_moment or place else None),
        tracks=[_track(page.language, private.captions)] * bool(page.captions) if private else _tracks(page, request),
        opening=open_film(request.user, page.film, at=timezone.now()) if page.film_file and not private else "",
        query=query,
        file_url=(private.file if private else page.film_file.url) if page.film_file else "",
    )


def _lines(lines: list[Line], here: int | None, query: str) -> list[ShownLine]:
    names: dict[str, int] = {}
    shown = []
    for place, line in enumerate(lines):
        second = f"{int(line.at)}"
        names[second] = names.get(second, 0) + 1
        name = f"t-{second}" if names[second] == 1 else f"t-{second}-{names[second]}"
        shown.append(ShownLine(line, name, f"?t={line.at:g}#{name}", place == here, finds(line, query)))
    return shown


def _chapters(chapters: list[Chapter], here: int | None) -> list[ShownChapter]:
    return [ShownChapter(chapter, f"?t={chapter.at:g}#film", place == here) for place, chapter in enumerate(chapters)]


def _tracks(page: FilmPage, request: HttpRequest) -> list[Track]:
    """Captions of this page first, then those of its translations that are open to whoever asks."""
    others = page.film.pages.filter(live=True).exclude(captions="").exclude(pk=page.pk)
    written = [page.language] if page.captions else []
    written += sorted(other.language for other in others if lets_in(request, other))
    return [_track(language, reverse("film_captions", args=[page.film.uuid, language])) for language in written]


def _track(language: str, address: str) -> Track:
    return Track(language, str(get_language_info(language)["name_local"]).capitalize(), address)
