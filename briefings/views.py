"""A briefing by its number: an address that holds whatever becomes of the page."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from toolkit.kept_back import lets_in
from toolkit.qr import qr_code

from .models import Briefing, BriefingPage
from .paper import open_paper, paper_of
from .queries import page_of


@require_safe
def briefing(request: HttpRequest, number: int) -> HttpResponse:
    """To the page of this number. One no longer published says so, and what has taken its place."""
    found = get_object_or_404(Briefing, number=number)
    language = get_language() or "en"
    page = page_of(number, language=language)
    if page is not None:
        return redirect(page.get_url(request))
    pages = BriefingPage.objects.filter(briefing=found)
    if not pages.exclude(first_published_at=None).exists():
        raise Http404
    context = {"briefing": found, "successor": pages[0].successor, "nav_current": "briefings"}
    return render(request, "briefings/withdrawn.html", context, status=410)


@require_safe
def briefing_pdf(request: HttpRequest, number: int) -> HttpResponseBase:
    """The tagged PDF of a published briefing, to whoever may open its page."""
    page = page_of(number, language=get_language() or "en")
    paper = paper_of(page) if page and lets_in(request, page) else None
    if paper is None:
        raise Http404
    return FileResponse(open_paper(paper), filename=paper.file_name, content_type="application/pdf")


@require_safe
def team_pack(request: HttpRequest, number: int) -> HttpResponse:
    """One side of paper for a meeting about a published briefing, to whoever may open its page."""
    page = page_of(number, language=get_language() or "en")
    if page is None or not page.has_team_pack or not lets_in(request, page):
        raise Http404
    address = settings.SITE_URL + reverse("briefing", args=[number])
    context = {"briefing_page": page, "address": address, "code": qr_code(address), "nav_current": "briefings"}
    return render(request, "briefings/team_pack.html", context)
