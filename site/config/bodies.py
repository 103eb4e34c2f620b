"""How much may be sent at once: asked of what is announced, before anything of it is kept.

What is announced is all that is read: Django reads no further, and takes what comes without a length for nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

MEGABYTE = 1_000_000
NO_LENGTH, TOO_LARGE = 411, 413
LET_COME_MB, LET_COME_SECONDS, PIECE = 64, 10, 16_384  # as much as nginx.conf lets through to every address
GetResponse = Callable[[HttpRequest], HttpResponse]


class BodiesHaveAnEnd:
    """Refuses what is larger than anything meant for its address, and what does not say how large it is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Transfer-Encoding"):
            return _told(request, _("The form did not arrive whole. Please go back and send it again."), NO_LENGTH)
        most = most_mb(request.path_info)
        return too_large(request, most) if announced(request) > most * MEGABYTE else self.get_response(request)


def announced(request: HttpRequest) -> int:
    """How many bytes are to come."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def most_mb(path: str) -> int:
    """What may be sent to an address: a film to the films of the desk, a file to the rest of it, else what is typed."""
    if path.startswith("/admin/"):
        return settings.FILM_MAX_MB if path.startswith("/admin/media/") else settings.DESK_FILE_MAX_MB
    plain = path.removeprefix(f"/{get_language_from_path(path)}")
    if plain.startswith("/organisation/") and plain.endswith("/book/"):
        return settings.LIST_MAX_MB
    return settings.FORM_MAX_MB


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """The answer to what is more than so many megabytes."""
    words = _("It is larger than the %(most)d MB that can be sent here at once.") % {"most": most}
    _let_come(request)
    return _told(request, words, TOO_LARGE)


def _let_come(request: HttpRequest) -> None:
    """Read what is being sent and drop it: a browser shows no answer before it has sent all, and calls a server that
    hangs up meanwhile a connection that was reset. What is larger still, or takes longer, is hung up on."""
    if announced(request) > LET_COME_MB * MEGABYTE:
        return
    until = monotonic() + LET_COME_SECONDS
    with suppress(OSError):  # whoever sent it has gone
        while monotonic() < until and request.read(PIECE):
            pass


def _told(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    """The page; for a script that saves on its own, the same in one sentence."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"problem": problem}, status=status)
    return render(request, "413.html", {"problem": problem}, status=status)
