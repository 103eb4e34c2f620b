"""What a person is told when the database, the disk or the cache is not there: the truth, with status 503.

Wherever such a fault comes up, in a view or in what stands round it (session, sign-in), Django ends at one of these
handlers with the fault still in hand. The page needs neither database nor cache nor anything of the person's.
"""

import errno
import sys
from uuid import uuid4

from allauth.core.internal.ratelimit import handler429
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views import defaults

from .bodies import too_large
from .logs import chain

RETRY_SECONDS = 30
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_SQLITE = ("locked", "is full", "disk i/o", "unable to open", "readonly", "malformed", "not a database", "busy")
_ELSEWHERE = ("redis.exceptions", "botocore.exceptions")  # a shared cache or storage, where one is set


def server_error(request: HttpRequest) -> HttpResponse:
    """503 in words for an outage, which passes; 500 for a fault of ours, which does not."""
    if is_outage(sys.exc_info()[1]):
        return told(request)
    _read_no_more(request)
    return defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django takes a session that could not be written for one that was deleted meanwhile: a bad request."""
    if is_outage(exception):
        return told(request)
    _read_no_more(request)
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, settings.FORM_MAX_MB)
    if isinstance(exception, BadRequest | MultiPartParserError):
        return HttpResponseBadRequest(_("The form did not arrive whole. Please go back and send it again."))
    return defaults.bad_request(request, exception)


def _read_no_more(request: HttpRequest) -> None:
    """Django's pages for faults look into the form again; one that cannot be read would be a fault there as well."""
    if not hasattr(request, "_post"):
        request._mark_post_parse_error()  # type: ignore[attr-defined]


def too_many(request: HttpRequest) -> HttpResponse:
    """A limit that cannot be counted, because nothing can be written, counts as reached; that is not their doing."""
    if not cache.add(f"too_many:{uuid4().hex}", 1, timeout=1):
        return told(request)
    return handler429(request)


def is_outage(error: BaseException | None) -> bool:
    """Whether the error, or what it came from, is that something we need is gone, full or held by somebody else."""
    return error is not None and any(_is_gone(one) for one in chain(error))


def told(request: HttpRequest) -> HttpResponse:
    """The page; for a script that saves on its own, the same in one sentence."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    if "application/json" in request.headers.get("Accept", ""):
        problem = _("Not saved: our records cannot be reached just now. Please try again in a minute.")
        return JsonResponse({"problem": problem}, status=503, headers=headers)
    page = get_template("503.html").render({"was_sent": request.method not in ("GET", "HEAD")})
    return HttpResponse(page, status=503, headers=headers)


def _is_gone(error: BaseException) -> bool:
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        # SQLite says the same of a table that is not there, which is a fault of ours.
        return connection.vendor != "sqlite" or any(sign in str(error).lower() for sign in _SQLITE)
    if isinstance(error, OSError):
        return error.errno in _DISK
    return type(error).__module__.startswith(_ELSEWHERE)
