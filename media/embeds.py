"""Films at YouTube and Vimeo: which one an address means, and what a page must allow so that it may be shown.

Nothing is asked of a host before a person clicks (static/media/embed.js).
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from .choices import FilmHost

FRAME_SOURCES = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_ID = re.compile(r"/(?:video/)?(?P<id>\d{6,12})(?:/(?P<key>[0-9a-f]{8,12}))?/?")


class UnknownFilm(ValueError):
    """Raised for an address that is no film of a host we know, worded for an editor."""


@dataclass(frozen=True)
class Embed:
    """A film at a host: the page where it stands there, and the address it plays from inside ours."""

    host: str
    page: str
    player: str

    @property
    def host_name(self) -> str:
        return str(FilmHost(self.host).label)


def read_address(address: str) -> Embed:
    """The film an address means. Raises UnknownFilm."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").lower()
    found = None
    if parts.scheme in ("http", "https") and host in _YOUTUBE_HOSTS:
        found = _youtube(host, parts.path, parts.query)
    elif parts.scheme in ("http", "https") and host in _VIMEO_HOSTS:
        found = _vimeo(parts.path, parts.query)
    if found is None:
        raise UnknownFilm(_("This is not the address of a film at YouTube or Vimeo."))
    return found


def _youtube(host: str, path: str, query: str) -> Embed | None:
    last = path.rstrip("/").rpartition("/")[2]
    is_named_in_path = host == "youtu.be" or path.startswith(("/embed/", "/shorts/", "/live/"))
    identifier = last if is_named_in_path else parse_qs(query).get("v", [""])[0]
    if not _YOUTUBE_ID.fullmatch(identifier):
        return None
    return Embed(
        FilmHost.YOUTUBE,
        f"https://www.youtube.com/watch?v={identifier}",
        f"https://www.youtube-nocookie.com/embed/{identifier}?autoplay=1&rel=0&cc_load_policy=1",
    )


def _vimeo(path: str, query: str) -> Embed | None:
    found = _VIMEO_ID.fullmatch(path)
    if found is None:
        return None
    key = found["key"] or parse_qs(query).get("h", [""])[0]
    if key and not re.fullmatch(r"[0-9a-f]{8,12}", key):
        return None
    page = f"https://vimeo.com/{found['id']}" + (f"/{key}" if key else "")
    unlisted = f"&h={key}" if key else ""
    return Embed(FilmHost.VIMEO, page, f"https://player.vimeo.com/video/{found['id']}?autoplay=1&dnt=1{unlisted}")


def allow_frames(response: HttpResponseBase) -> None:
    """Let this one page show frames of the two hosts; every other page's policy allows none."""
    response._csp_update = {"frame-src": FRAME_SOURCES}  # type: ignore[attr-defined]
