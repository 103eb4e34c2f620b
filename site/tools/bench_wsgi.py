"""The server that is measured: the whole site, and beside it in the same process a bare signed-in view.

`/bare/` has a handler of its own with two middlewares and one address; everything else goes to the site's. A request
with the header X-Bench-Count is answered with X-Queries; none that is timed carries it.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

BARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
# SQLite's transactions begin with a statement and PostgreSQL's do not; not counting it keeps the two comparable.
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE")

StartResponse = Callable[..., Any]


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """The least a signed-in page can do: read the session and the person, and say who it is."""
    return HttpResponse(f"Signed in as {request.user}.")


urlpatterns = [path("bare/", bare)]


class BareHandler(WSGIHandler):
    """Django with session and auth middleware only, and one address."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=BARE):
            super().load_middleware(is_async=is_async)

    def resolve_request(self, request: HttpRequest) -> Any:
        request.urlconf = __name__
        return super().resolve_request(request)


site = get_wsgi_application()
bare_site = BareHandler()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Send the request to the one or the other; `/worker/` tells the number of this process."""
    if environ["PATH_INFO"] == "/worker/":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(os.getpid()).encode()]
    handler = bare_site if environ["PATH_INFO"] == "/bare/" else site
    if "HTTP_X_BENCH_COUNT" in environ:
        return counted(handler, environ, start_response)
    return handler(environ, start_response)


def counted(handler: WSGIHandler, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The same answer, with the number of statements it took."""
    from django.db import connection

    statements = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(NOT_COUNTED):
            statements.append(sql)
        return execute(sql, params, many, context)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Queries", str(len(statements)))], *rest)

    with connection.execute_wrapper(note):
        return handler(environ, start)
