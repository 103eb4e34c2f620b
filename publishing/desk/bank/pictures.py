"""The pictures a question can show, each with the line that puts it there."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .access import for_keepers
from .words import choosable, name_on_site

ON_A_PAGE = 24


@for_keepers
def bank_pictures(request: HttpRequest) -> HttpResponse:
    """Those of the library that the editor may choose, the newest first; `q` are words of their titles."""
    words = request.GET.get("q", "").strip()[:100]
    mine = choosable(request.user)
    found = mine.filter(title__icontains=words) if words else mine
    pictures = found.prefetch_renditions("max-165x165").order_by("-created_at", "-pk")
    page = Paginator(pictures, ON_A_PAGE).get_page(request.GET.get("p"))
    rows = [(one, f"![]({name_on_site({'image': one.pk})})") for one in page]
    return render(
        request,
        "publishing/bank/pictures.html",
        {"rows": rows, "page": page, "words": words, "query": urlencode({"q": words}) if words else ""},
    )
