"""Which request is being answered: its number goes on every line that is logged meanwhile, and back as a header."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from logging import getLogger
from time import monotonic
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
_PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_UNWATCHED = {"/healthz", "/readyz"}  # asked every few seconds by machines


@dataclass(frozen=True)
class Work:
    """What this thread is busy with: a request, or a job that a request with this number asked for."""

    number: str
    request: HttpRequest | None = None


NOW: ContextVar[Work | None] = ContextVar("work", default=None)


class NumberedRequests:
    """Gives each request a number and logs one line when it is answered. The outermost middleware."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun_at = monotonic()
        number = number_of(request)
        before = NOW.set(Work(number, request))
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            if request.path_info not in _UNWATCHED:
                facts = {
                    "method": request.method if request.method in _METHODS else "other",
                    "address": address_of(request, response.status_code),
                    "status": response.status_code,
                    "milliseconds": round((monotonic() - begun_at) * 1000),
                }
                logger.info("answered", extra={"facts": facts})
            return response
        finally:
            NOW.reset(before)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def number_of(request: HttpRequest) -> str:
    """The number a proxy of ours gave it, if it is a plain one; else a new one. A visitor cannot choose theirs."""
    given = request.headers.get(HEADER, "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and _PLAIN.fullmatch(given):
        return given
    return uuid4().hex


def address_of(request: HttpRequest, status: int) -> str:
    """The address without what it gives away: the pattern it matched, the path only of a page that is there.

    Invitations and links to reset a password carry their secret in the path, and people mistype them.
    """
    match = request.resolver_match
    if match is None:
        return settings.STATIC_URL if request.path.startswith(settings.STATIC_URL) else "nowhere"
    if match.url_name != "wagtail_serve":
        return f"/{match.route}"
    return request.path if status == 200 else "a page"


def note_job(sender: object, task: dict[str, Any], **kwargs: Any) -> None:
    """A job remembers which request asked for it."""
    work = NOW.get()
    if work is not None:
        task["request_number"] = work.number
        logger.info("job queued", extra={"facts": {"job": task["id"], "function": str(task["func"])}})


def begin_job(sender: object, task: dict[str, Any], **kwargs: Any) -> None:
    """What the worker logs during the job bears the request's number, or the job's own."""
    NOW.set(Work(str(task.get("request_number") or task["id"])))
