"""A film's file in parts, its captions, what was watched of it, and its drawn card."""

import json
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.models import User
from people.permissions import works_at_desk

from .access import is_public, may_see, may_see_file, may_see_page
from .cards import title_card
from .delivery import send_file
from .films import Film, FilmFile
from .intervals import NotIntervals, read_intervals
from .pages import FilmPage
from .watching import ReportRefused
from .watching import report as count_report


@require_safe
def film_file(request: HttpRequest, file_uuid: str, suffix: str) -> HttpResponseBase:
    """The file, whole or in the part a player asks for; whoever may not see the film finds nothing."""
    found = get_object_or_404(FilmFile, uuid=file_uuid)
    if suffix != found.suffix or not may_see_file(request, found):
        raise Http404
    return send_file(request, found, is_public=is_public(request, found))


@require_safe
def film_captions(request: HttpRequest, film_uuid: str, language: str) -> HttpResponse:
    """The captions of a film in one language, as WebVTT."""
    pages = FilmPage.objects.select_related("film").exclude(captions="")
    if not works_at_desk(request.user):
        pages = pages.live()
    page = get_object_or_404(pages, film__uuid=film_uuid, language=language)
    if not may_see_page(request, page):
        raise Http404
    response = HttpResponse(page.captions, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"  # an editor's correction shows at once
    return response


@login_required
@require_POST
def film_report(request: HttpRequest, film_uuid: str) -> JsonResponse:
    """What the page's script says was watched, and where the person is."""
    film = get_object_or_404(Film, uuid=film_uuid)
    if not may_see(request, film):
        raise Http404
    try:
        intervals, place = _reported(request)
        row = count_report(
            cast(User, request.user),
            film,
            request.POST.get("opening", ""),
            intervals=intervals,
            place=place,
            at=timezone.now(),
        )
    except ValueError:
        return JsonResponse({"problem": _("The report did not arrive whole.")}, status=400)
    except ReportRefused as refused:
        return JsonResponse({"problem": str(refused)}, status=409)
    return JsonResponse({"is_watched": row.watched_at is not None})


def _reported(request: HttpRequest) -> tuple[list[tuple[float, float]], float]:
    """Intervals and place. Raises ValueError or NotIntervals."""
    try:
        intervals = read_intervals(json.loads(request.POST.get("intervals", "")[:20_000]))
    except RecursionError as error:  # lists in lists in lists
        raise NotIntervals from error
    place = float(request.POST.get("place", ""))
    if not 0 <= place < 100_000:
        raise NotIntervals
    return intervals, place


@require_safe
def film_card(request: HttpRequest, seed: str) -> HttpResponse:
    """A drawn card for a film without a poster: the same for the same film, and of no film in particular."""
    response = HttpResponse(title_card(seed), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
