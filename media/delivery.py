"""Sending a film's file in parts, so that seeking works on a single machine. Source: RFC 9110, sections 13.1.5, 14.

Where nginx stands in front (FILMS_ACCEL_PREFIX), it is told which file and does the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from toolkit.object_storage import chunks_of

from .films import FilmFile

_ONE_RANGE = re.compile(r"bytes\s*=\s*(?P<first>\d{0,18})\s*-\s*(?P<last>\d{0,18})", re.ASCII)


class Unsatisfiable(ValueError):
    """Raised for a range that cannot be read or lies outside the file."""


@dataclass(frozen=True)
class Part:
    """A part of a file: both places are counted from 0 and belong to it."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def read_range(header: str, size: int) -> Part | None:
    """The part asked for; None where the whole file is to be sent. Raises Unsatisfiable.

    Units other than bytes are to be ignored; several ranges at once may be, and no player asks for them.
    """
    unit = header.split("=", 1)[0].strip().lower()
    if unit != "bytes" or "," in header:
        return None
    found = _ONE_RANGE.fullmatch(header.strip().lower())
    if found is None or not (found["first"] or found["last"]):
        raise Unsatisfiable
    if found["first"]:
        first, last = int(found["first"]), min(int(found["last"] or size), size - 1)
    else:
        first, last = max(size - int(found["last"]), 0), size - 1
    if first > last or (not found["first"] and not int(found["last"])):
        raise Unsatisfiable
    return Part(first, last)


def send_file(request: HttpRequest, film_file: FilmFile, *, is_public: bool) -> HttpResponseBase:
    """The answer to a request for a film's file: 200, 206, 304 or 416."""
    response = _answer(request, film_file)
    response.headers["ETag"] = _etag(film_file)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    return response


def _etag(film_file: FilmFile) -> str:
    return f'"{film_file.digest}"'


def _answer(request: HttpRequest, film_file: FilmFile) -> HttpResponseBase:
    etag, size = _etag(film_file), film_file.size
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    if settings.FILMS_ACCEL_PREFIX:
        return _handed_on(film_file)
    part = None
    if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
        try:
            part = read_range(request.headers.get("Range", ""), size)
        except Unsatisfiable:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return _streamed(request, film_file, Part(0, size - 1), status=200)
    response = _streamed(request, film_file, part, status=206)
    response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return response


def _handed_on(film_file: FilmFile) -> HttpResponse:
    response = HttpResponse(content_type=film_file.content_type)
    response.headers["X-Accel-Redirect"] = settings.FILMS_ACCEL_PREFIX + quote(str(film_file.file.name))
    return response


def _streamed(request: HttpRequest, film_file: FilmFile, part: Part, *, status: int) -> HttpResponseBase:
    content: Iterator[bytes] = iter(())
    if request.method != "HEAD":
        content = chunks_of(film_file.file.storage, str(film_file.file.name), part.first, part.length)
    response = StreamingHttpResponse(content, status=status, content_type=film_file.content_type)
    response.headers["Content-Length"] = str(part.length)
    return response
