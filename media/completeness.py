"""What a film's page lacks before anybody may see it. A film without captions and transcript is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .captions import read_captions
from .chapters import read_chapters
from .choices import LineKind
from .remarks import BadText
from .transcripts import Line, read_lines

if TYPE_CHECKING:
    from .pages import FilmPage

Missing = list[tuple[str, str]]
SPARE_SECONDS = 2  # captions and lines may end a moment after the last picture


def missing_from(page: FilmPage) -> Missing:
    """(field, sentence) of each thing to add or mend, empty if the page is whole. Source: DOMAIN section 7.3."""
    return [*_without_film(page), *_without_captions(page), *_without_transcript(page), *_beyond_the_end(page)]


def _without_film(page: FilmPage) -> Missing:
    if page.film_file_id and page.embed_address:
        return [("embed_address", _("Choose a file or give an address at a film host, not both."))]
    if not page.film_file_id and not page.embed_address:
        return [("film_file", _("Choose the film's file, or give its address at a film host."))]
    if page.embed_address and not page.embed_seconds:
        return [("embed_seconds", _("Say how long the film is; it cannot be read from its host."))]
    if page.poster_id and not page.poster_alt.strip():
        return [("poster_alt", _("Say in words what the poster shows."))]
    return []


def _without_captions(page: FilmPage) -> Missing:
    if page.embed_address:
        if page.embed_captioned:
            return []
        return [("embed_captioned", _("A film is published with captions only. Tick this when its host shows them."))]
    if not page.captions.strip():
        return [("captions", _("A film is published with captions only. Add them as WebVTT or SRT."))]
    return []


def _without_transcript(page: FilmPage) -> Missing:
    lines = _lines(page)
    if not lines:
        return [("transcript", _("A film is published with a transcript only. Write who says what, and what is seen."))]
    if not any(line.kind == LineKind.VISUAL for line in lines):
        words = _("Say what is seen, at least once, in square brackets: 0:00 [A kitchen. A book is closed.]")
        return [("transcript", words)]
    return []


def _beyond_the_end(page: FilmPage) -> Missing:
    end = page.seconds + SPARE_SECONDS
    late: Missing = []
    if page.seconds and any(line.at > end for line in _lines(page)):
        late.append(("transcript", _("The transcript goes on after the film has ended.")))
    if page.seconds and _last_caption(page) > end:
        late.append(("captions", _("The captions go on after the film has ended.")))
    if page.seconds and any(chapter.at > page.seconds for chapter in read_chapters(page.chapters)):
        late.append(("chapters", _("A chapter begins after the film has ended.")))
    return late


def _lines(page: FilmPage) -> list[Line]:
    return read_lines(page.transcript)


def _last_caption(page: FilmPage) -> float:
    try:
        return max(cue.start for cue in read_captions(page.captions).cues) / 1000
    except BadText:
        return 0
