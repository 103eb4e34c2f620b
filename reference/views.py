"""The glossary and the reading list."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .citations import reading_list
from .glossary import by_letter, shown, terms_shown
from .models import GlossaryTerm


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term from A to Z, in the alphabet of the page's language."""
    language = get_language() or "en"
    terms = [shown(term, language) for term in GlossaryTerm.objects.all()]
    context = {"letters": by_letter(terms, language), "count": len(terms), "translations": _tongues("glossary")}
    return render(request, "reference/glossary.html", context)


@require_safe
def glossary_term(request: HttpRequest, key: str) -> HttpResponse:
    """One term: what it means here, what to read beside it, where it was taken from."""
    language = get_language() or "en"
    term = get_object_or_404(GlossaryTerm.objects.prefetch_related("sources"), key=key)
    context = {
        "term": shown(term, language),
        "see": terms_shown(term.see, language) if term.see else [],
        "sources": term.sources.all(),
        "translations": _tongues("glossary_term", key),
    }
    return render(request, "reference/glossary_term.html", context)


@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """The works behind the teaching, and where each is cited."""
    shelves = reading_list(request)
    return render(request, "reference/reading.html", {"shelves": shelves, "translations": _tongues("reading")})


def _tongues(name: str, *args: str) -> list[dict[str, str]]:
    """The same address in every language, for a direct switch."""
    addresses = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses.append({"code": code, "url": reverse(name, args=args)})
    return addresses
