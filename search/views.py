"""The search page."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from toolkit.days import site_day

from .answers import answers
from .choices import Kind
from .forms import QuestionForm
from .queries import PER_PAGE, find, offers_for
from .tongues import tongues
from .ways import ways_in


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The box, and under it the answers if something was asked; the words of a question stand in the address."""
    form = QuestionForm(request.GET.get("q"))
    context = {"form": form, "translations": tongues(request), "nav_current": "search"}
    if not form.is_bound or not form.is_valid():
        return render(request, "search/start.html", {**context, "ways": ways_in(request)})
    return _answered(request, form.cleaned_data["q"], context)


def _answered(request: HttpRequest, question: str, context: dict[str, object]) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    language, today = get_language() or "en", site_day()
    found = find(request.user, question, on=today, language=language, kind=kind)
    page = Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page"))
    context |= {"question": question, "kind": Kind(kind) if kind else "", "found": found, "page_of": page}
    if not found.entries:
        context |= {"offers": offers_for(request.user, found, on=today), "ways": ways_in(request)}
        return render(request, "search/none.html", context)
    context |= {"answers": answers(list(page.object_list), found.telling, request), "kinds": _kinds(found.counts)}
    return render(request, "search/answers.html", context)


def _kinds(counts: Mapping[str, int]) -> list[tuple[Kind, int]]:
    """The kinds there are answers of, in their order, each with how many."""
    return [(kind, counts[kind]) for kind in Kind if counts.get(kind)]
