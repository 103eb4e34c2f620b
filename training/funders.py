"""A funder's page: how many people were trained, by area and agency, and nobody by name."""

from datetime import timedelta

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from toolkit.days import site_day

from people.choices import Agency
from people.models import Organisation

from .doors import for_funder
from .periods import Period, counted_on, months_on, periods
from .spreadsheets import KINDS, file_name, table_file
from .trained import file_rows, headings, left_out, sums_are, tables


def _asked(request: HttpRequest, offered: list[Period]) -> Period:
    """The period named in the address, all time if none is; there are no others."""
    key = request.GET.get("period", "all")
    found = next((one for one in offered if one.key == key), None)
    if found is None:
        raise Http404
    return found


@require_GET
@for_funder
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every course, area and agency of a fixed period."""
    today = counted_on(site_day())
    until, offered = months_on(today, 0), periods(today)
    period = _asked(request, offered)
    context = {
        "organisation": organisation,
        "period": period,
        "years": [one for one in offered if one.key.startswith("year")],
        "quarters": [one for one in offered if one.key.startswith("quarter")],
        "all_time": offered[0],
        "last_day": until - timedelta(days=1),
        "agencies": Agency.labels,
        "sums_are": sums_are(),
        "left_out": left_out(),
        "tables": tables(organisation, period, until=until),
        "nav_current": "learning",
    }
    return render(request, "training/funder.html", context)


@require_GET
@for_funder
def as_file(request: HttpRequest, organisation: Organisation, kind: str) -> FileResponse:
    """The numbers of the page."""
    if kind not in KINDS:
        raise Http404
    today = counted_on(site_day())
    until, period = months_on(today, 0), _asked(request, periods(today))
    found = tables(organisation, period, until=until)
    return table_file(
        kind,
        headings(),
        file_rows(found, period, last_day=until - timedelta(days=1)),
        name=file_name(organisation.name, _("people trained"), period.key, site_day()),
        title=_("People trained"),
    )
