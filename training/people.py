"""A lead's own people: the list, and the same list as a file."""

from datetime import date

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from toolkit.days import site_day

from people.models import Organisation

from . import columns
from .doors import for_lead
from .looking import SORTS, Look, by_certificate, by_state
from .narrowing import counts
from .own_people import in_parts, people_of, told
from .spreadsheets import KINDS, file_name, table_file

ROWS_ON_A_PAGE = 50


@require_GET
@for_lead
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everyone the organisation booked or wrote to, and its other members; narrowed, searched, sorted, in pages."""
    rows = people_of(organisation, on=site_day())
    look = Look.asked(request.GET)
    page = Paginator(look.of(rows), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "tab": "people",
        "nav_current": "learning",
        "look": look,
        "page_of": page,
        "rows": told(page.object_list),
        "by_state": counts(rows, by_state()),
        "by_certificate": counts(rows, by_certificate()),
        "columns": [{"words": words, **look.heading(key)} for key, words in _headings()],
        "file_kinds": list(KINDS),
    }
    return render(request, "training/people.html", context)


def _headings() -> list[tuple[str, str]]:
    words = [_("Name"), _("Cohort"), _("Agency"), _("State"), _("Since"), _("Certificates")]
    return list(zip(SORTS, words, strict=True))


@require_GET
@for_lead
def as_file(request: HttpRequest, organisation: Organisation, kind: str) -> FileResponse:
    """All rows of the list as it is narrowed and sorted, whatever the page."""
    if kind not in KINDS:
        raise Http404
    today: date = site_day()
    rows = Look.asked(request.GET).of(people_of(organisation, on=today))
    return table_file(
        kind,
        columns.headings(),
        (columns.cells(row) for row in in_parts(rows)),
        name=file_name(organisation.name, _("people"), today),
        title=_("People"),
    )
