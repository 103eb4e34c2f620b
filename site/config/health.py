"""`/healthz`: this process answers. `/readyz`: what it needs is there (docs/running.md).

Answered by a middleware and not by a view: whoever watches a machine asks it by its number, without encryption or
cookies, and neither the host's name, a session nor the database may stand in the way of an answer.
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path
from smtplib import SMTPException
from time import monotonic

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from .queue import seconds_behind

logger = getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
MAIL_SECONDS = 5  # how long the mail server may take to greet us
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """What one check came to; `figures` are numbers for whoever watches, never names or addresses."""

    good: bool
    figures: dict[str, int]


class Check:
    """One thing looked at, at most once in `every` seconds however often it is asked for."""

    def __init__(self, look: Callable[[], Finding], *, every: float) -> None:
        self._look, self._every = look, every
        self._turn = threading.Lock()
        self._found: Finding | None = None
        self._looked_at = 0.0

    def finding(self) -> Finding:
        """The last finding while it is fresh, or while somebody else is looking; a new one otherwise."""
        if self._found is not None and monotonic() - self._looked_at < self._every:
            return self._found
        if not self._turn.acquire(blocking=self._found is None):
            assert self._found is not None
            return self._found
        try:
            self._found = self._look()
            self._looked_at = monotonic()
            return self._found
        finally:
            self._turn.release()


def look_at_database() -> Finding:
    """Whether it answers with a row of ours; a file that was taken away comes back empty, and has none."""
    try:
        return Finding(MigrationRecorder.Migration.objects.exists(), {})
    except Error as error:
        return _unreachable("database", error)


def look_at_queue() -> Finding:
    """Whether the worker keeps up."""
    try:
        behind = max(seconds_behind(timezone.now()).values())
    except Error as error:
        return _unreachable("queue", error)
    return Finding(behind <= settings.QUEUE_AGE_LIMIT, {"seconds_behind": behind, "most": settings.QUEUE_AGE_LIMIT})


def look_at_disk() -> Finding:
    """Whether there is room left where the database and files are."""
    try:
        free = shutil.disk_usage(Path(settings.VAR)).free // MEGABYTE
    except OSError as error:
        return _unreachable("disk", error)
    return Finding(free >= settings.DISK_FREE_MB, {"free_mb": free, "least": settings.DISK_FREE_MB})


def look_at_mail() -> Finding:
    """Whether the mail server greets us and takes our name and password; nothing is sent."""
    server = get_connection(timeout=MAIL_SECONDS)
    try:
        server.open()
        server.close()
    except (SMTPException, OSError) as error:
        return _unreachable("mail", error)
    return Finding(True, {})


def _unreachable(name: str, error: Exception) -> Finding:
    """The kind of fault goes to the log; its words may name hosts and people, and are for neither place."""
    logger.warning("readiness: %s is not there (%s)", name, type(error).__name__)
    return Finding(False, {})


CHECKS = {
    "database": Check(look_at_database, every=2),
    "queue": Check(look_at_queue, every=5),
    "disk": Check(look_at_disk, every=2),
    "mail": Check(look_at_mail, every=30),
}


class Health:
    """Answers the two addresses and leaves every other to the rest."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {"/healthz": alive, "/readyz": ready}.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            response: HttpResponse = JsonResponse({"problem": "Only GET is answered here."}, status=405)
        else:
            response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def alive(request: HttpRequest) -> HttpResponse:
    """200 from a process that can answer at all; it looks at nothing."""
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> HttpResponse:
    """200 if every check is good, 503 if one is not. `?only=database,disk` asks for some of them.

    A balancer that takes machines away should ask for those two: mail that is down is no reason to close the site.
    """
    names = request.GET["only"].split(",") if "only" in request.GET else list(CHECKS)
    if strange := [name for name in names if name not in CHECKS]:
        problem = f"There are the checks {', '.join(CHECKS)}, and {len(strange)} others were asked for."
        return JsonResponse({"problem": problem}, status=400)
    found = {name: CHECKS[name].finding() for name in CHECKS if name in names}
    good = all(one.good for one in found.values())
    checks = {name: {"good": one.good, **one.figures} for name, one in found.items()}
    return JsonResponse({"ready": good, "checks": checks}, status=200 if good else 503)
