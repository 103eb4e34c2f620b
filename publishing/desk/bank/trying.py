"""A question as a learner meets it and, with what is tried, as it is marked. Nothing is saved."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.items import LONGEST, NotAnswerable, Posted, item_type
from assessments.models import ItemVersion
from assessments.previews import as_asked, as_marked, best_of

from .access import for_keepers, item_at, version_asked

TRIED, FITTING = "tried", "fitting"


@for_keepers
@require_http_methods(["GET", "POST"])
def bank_item_try(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """The newest version, or the one asked for by its number; in English unless another language is asked for."""
    item = item_at(item_uuid)
    version = version_asked(request, item)
    asked = request.GET.get("language", "en")
    language = asked if asked in version.texts else "en"
    value, problem = _tried(request, version)
    question = as_asked(version, language, value)
    marked = as_marked(version, language, value, position=2) if value is not None else None
    context = {
        "item": item,
        "version": version,
        "kind": item_type(version.kind).label,
        "question": question,
        "marked": marked,
        "problems": [{"href": f"#q1-{question.first_field}", "text": problem}] if problem else [],
        "longest": LONGEST,
    }
    return render(request, "publishing/bank/try.html", context)


def _tried(request: HttpRequest, version: ItemVersion) -> tuple[dict[str, Any] | None, str]:
    """What is to be marked, None for nothing yet; and why what was tried cannot be."""
    show = request.POST.get("show")
    if show == FITTING:
        return best_of(version), ""
    if show != TRIED:
        return None, ""
    parts = {name.removeprefix("q1-"): str(held) for name, held in request.POST.items() if name.startswith("q1-")}
    posted = Posted(request.POST.getlist("q1"), parts)
    try:
        return item_type(version.kind).read(posted, version.structure, version.structure["choices"]), ""
    except NotAnswerable:
        return None, _("That answer did not arrive whole. Please choose again.")
