"""A learner's record on the screen and as a file, and what they add of learning done elsewhere."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.typesetting import CannotBePrinted

from people.models import User

from .models import LearningElsewhere
from .record import record_of
from .record_files import as_html, as_json, as_pdf, total_in_words
from .record_forms import ElsewhereForm, PeriodForm

WRITERS = {
    "html": (as_html, "text/html; charset=utf-8"),
    "json": (as_json, "application/json; charset=utf-8"),
    "pdf": (as_pdf, "application/pdf"),
}


@login_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Due, under way, done, learned elsewhere, earned and written, in a period."""
    return _page(request)


def _page(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    form = PeriodForm(request.GET if request.GET else {})
    found = record_of(cast(User, request.user), form.period())
    context = {
        "record": found,
        "total": total_in_words(found),
        "form": form,
        "asked": request.GET.urlencode() if form.is_valid() else "",
        "problems": [{"href": "#record-files", "text": problem}] if problem else [],
        "nav_current": "learning",
    }
    return render(request, "player/record.html", context, status=422 if problem or form.errors else 200)


@login_required
@require_GET
def record_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same in one file."""
    if form not in WRITERS:
        raise Http404
    asked, person, now = PeriodForm(request.GET), cast(User, request.user), timezone.localtime()
    if not asked.is_valid():
        return _page(request)
    write, kind = WRITERS[form]
    try:
        content = write(record_of(person, asked.period()), person, at=now)
    except CannotBePrinted:
        problem = _("The record holds signs that our letters for paper cannot show. Take the page or the JSON file.")
        return _page(request, problem=problem)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="record-of-learning-{now:%Y-%m-%d}.{form}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def elsewhere_add(request: HttpRequest) -> HttpResponse:
    """Write down learning done elsewhere."""
    return _elsewhere(request, LearningElsewhere(learner=cast(User, request.user)))


@login_required
@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest, entry_uuid: str) -> HttpResponse:
    """Change one's own entry, or take it away."""
    entry = get_object_or_404(LearningElsewhere, uuid=entry_uuid, learner=cast(User, request.user))
    if request.method == "POST" and request.POST.get("go") == "take_away":
        entry.delete()
        messages.success(request, _("It is taken away."))
        return redirect("learning_record")
    return _elsewhere(request, entry)


def _elsewhere(request: HttpRequest, entry: LearningElsewhere) -> HttpResponse:
    is_new = entry.pk is None
    form = ElsewhereForm(request.POST if request.method == "POST" else None, instance=entry)
    if form.is_bound and form.is_valid():
        entry = form.save(commit=False)
        entry.saved_at = timezone.now()
        entry.save()
        messages.success(request, _("Saved."))
        return redirect("learning_record")
    context = {"form": form, "is_new": is_new, "nav_current": "learning"}
    return render(request, "player/elsewhere.html", context, status=422 if form.errors else 200)
