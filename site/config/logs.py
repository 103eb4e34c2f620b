"""One JSON object a line, without anything a person sent us and without anything that opens a door.

Two nets: whatever the request being answered brought along (form, query, cookies, secrets in its path) is cut out
wherever it turns up; and what looks like an e-mail address, a password or a token is cut out of every message. Of an
error only its kind, its cleaned message and the places in the code are kept, never the values of variables.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus

from .requests import NOW

REMOVED = "[removed]"
SHORTEST_SENT = 4  # shorter values (a page's number, "on", "en") give nothing away and would cut words to pieces
LONGEST_SEGMENT = 15  # a longer part of an address may be a secret
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_EMAIL = re.compile(r"[^\s@<>\[\]/\"'(),;:=]+@[^\s@<>\"'(),;:=]+\.\w+")
_QUERY = re.compile(r"(?<=[\w/])\?\S*=\S*")
_NAMED = re.compile(
    r"(?i)\b(\w*(?:password|passwd|secret|token|sessionid|authorization|api_?key)\w*[\"']?\s*[=:]\s*)"
    r"(?:(?:bearer|basic)\s+)?(\"[^\"]*\"|'[^']*'|\S+)"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+\S+")
_TOKEN = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}\b")


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        work = NOW.get()
        request = getattr(record, "request", None) or (work.request if work else None)
        cut = sorted(set(sent_with(request)), key=len, reverse=True)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": cleaned(message_of(record), cut),
        }
        if work:
            line["request"] = work.number
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["errors"] = [told(error, cut) for error in chain(record.exc_info[1])]
        return json.dumps(line, default=str)


def message_of(record: logging.LogRecord) -> str:
    """The message; gunicorn's one with an address in it, which knows no request of ours, without that address."""
    if record.name.startswith("gunicorn") and str(record.msg).startswith("Error handling request"):
        return "Error handling request"
    return record.getMessage()


def told(error: BaseException, cut: list[str]) -> dict[str, Any]:
    """An error's kind, message and places, the innermost place last."""
    places = traceback.extract_tb(error.__traceback__)
    return {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "message": cleaned(str(error), cut)[:1000],
        "places": [f"{place.filename}:{place.lineno} {place.name}" for place in places],
    }


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, at most ten."""
    found: BaseException | None = error
    for _ in range(10):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


def cleaned(text: str, cut: Iterable[str]) -> str:
    """The text without these values, addresses of people, passwords and tokens."""
    for value in cut:
        text = text.replace(value, REMOVED)
    text = _CREDENTIALS.sub(f"{REMOVED}@", text)
    text = _NAMED.sub(rf"\1{REMOVED}", text)
    text = _BEARER.sub(rf"\1 {REMOVED}", text)
    text = _QUERY.sub(f"?{REMOVED}", text)
    text = _EMAIL.sub(REMOVED, text)
    return _TOKEN.sub(REMOVED, text)


def sent_with(request: Any) -> Iterator[str]:
    """Every value that came with a request, as sent and as it may stand in an address or a literal of Python.

    The form is looked at only if it was read already: reading it here could fail once more.
    """
    if not hasattr(request, "META"):
        return
    for value in _values(request):
        if len(value) >= SHORTEST_SENT:
            yield from (value, quote(value), quote_plus(value), repr(value)[1:-1], json.dumps(value)[1:-1])


def _values(request: Any) -> Iterator[str]:
    for fields in (request.__dict__.get("_post"), request.GET):
        for _name, values in fields.lists() if fields else ():
            yield from (value for value in values if isinstance(value, str))
    body = request.__dict__.get("_body")
    if isinstance(body, bytes) and body:
        yield body.decode(errors="replace")
    yield from request.COOKIES.values()
    for name in ("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_X_CSRFTOKEN", "QUERY_STRING", "HTTP_REFERER"):
        yield request.META.get(name, "")
    match = getattr(request, "resolver_match", None)
    route = match.route if match else ""
    if match and match.url_name != "wagtail_serve":
        yield from (str(value) for value in match.kwargs.values())
    yield from (part for part in request.path.split("/") if len(part) > LONGEST_SEGMENT and part not in route)
