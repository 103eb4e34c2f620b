"""“Try it: 90 seconds”: rate a decision, learn how it ended, rate it again. Public, and nothing of it is kept.

What was chosen travels in the form itself, so there is no session, no cookie and no row. The ending leaves the server
only after the first rating, as in a practice case.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from toolkit.kept_back import lets_in

from .models import TryPage
from .shift import NotARating, Shift, rating_of


def page_to_try() -> TryPage:
    """The page in the language of the request, or in English. Raises Http404 if there is none."""
    pages = TryPage.objects.live().filter(language__in=[get_language() or "en", "en"]).order_by("language")
    found = {page.language: page for page in pages}
    return found.get(get_language() or "en") or get_object_or_404(pages, language="en")


# It changes nothing on the server, so there is nothing to forge; a token would set the only cookie of the page.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The second step after the first rating, the third after the second; a missing rating is asked for again."""
    page = page_to_try()
    if request.method != "POST":
        return redirect(page.url)
    if not lets_in(request, page):
        raise Http404
    try:
        first = rating_of(request.POST.get("first", ""))
    except NotARating:
        return _show(request, page, step=1, is_refused=True)
    if "again" not in request.POST and "ended" not in request.POST:
        return _show(request, page, step=2, first=first)
    try:
        again = rating_of(request.POST.get("again", ""))
    except NotARating:
        return _show(request, page, step=2, first=first, is_refused=True)
    return _show(request, page, step=3, first=first, shift=Shift(first, again))


def _show(request: HttpRequest, page: TryPage, *, step: int, is_refused: bool = False, **more: object) -> HttpResponse:
    problems = [{"href": "#rating-0", "text": _("Choose a number from 0 to 10.")}] if is_refused else []
    context = {**page.get_context(request), **page.told_by(step), "problems": problems, **more}
    return render(request, "home/try_page.html", context, status=422 if is_refused else 200)
