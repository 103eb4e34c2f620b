"""The pages of reports, for a cohort's trainers and an organisation's leads alike."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from toolkit.typesetting import CannotBePrinted

from people.models import User

from ..choices import FileState
from ..doors import both_ways
from ..givers import Giver
from ..models import ReportAddress, ReportFile
from ..spreadsheets import Cell
from .addresses import MOST_OPEN, TooManyAddresses, addresses_of, fetched, make_address, withdraw
from .files import FILE_KINDS, download, name_of, report_file
from .forms import AddressForm
from .jobs import UNDER_WAY, ask_for_file
from .offered import family_of, is_long, offer_to, offered_to, read_report
from .sorting import Order, in_order, order_asked
from .table import Report

ROWS_ON_A_PAGE = 100


def _read_or_404(giver: Giver, key: str) -> Report:
    report = read_report(key, giver.cohort, giver.organisation, at=timezone.now())
    if report is None:
        raise Http404
    return report


def _context(giver: Giver, key: str = "") -> dict[str, Any]:
    offered = [(one, giver.url("report", one.key), one.key == family_of(key)) for one in offered_to(giver)]
    return {**giver.context("reports"), "nav_current": "learning", "offered": offered}


@require_GET
def _reports(request: HttpRequest, giver: Giver) -> HttpResponse:
    """The first report; the others are a click away."""
    return redirect(giver.url("report", offered_to(giver)[0].key))


@require_GET
def _report(request: HttpRequest, giver: Giver, report: str) -> HttpResponse:
    """One report on the screen, its files, and the addresses that serve it."""
    return _shown(request, giver, report, AddressForm())


def _shown(request: HttpRequest, giver: Giver, key: str, form: AddressForm, *, status: int = 200) -> HttpResponse:
    found, now = _read_or_404(giver, key), timezone.now()
    order = order_asked(request.GET.get("sort", ""), found)
    found = in_order(found, order)
    page = Paginator(found.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    mine = addresses_of(giver, cast(User, request.user), at=now).filter(report=key)
    context = {
        "report": found,
        "key": key,
        "headings": found.main,
        "sorts": [order.heading(place) for place, one in enumerate(found.headings) if not one.is_detail],
        "page_of": page,
        "rows": _linked(found, page),
        "files": [(kind, _sorted_url(giver.url("report_file", key, kind), order)) for kind in FILE_KINDS],
        "has_details": len(found.main) < len(found.headings),
        "addresses": [(one, giver.url("report_withdraw", one.uuid)) for one in mine],
        "report_url": giver.url("report", key),
        "address_url": giver.url("report_address", key),
        "form": form,
    }
    return render(request, "training/report.html", _context(giver, key) | context, status=status)


def _sorted_url(url: str, order: Order) -> str:
    return f"{url}?sort={order.asked}" if order.asked else url


def _linked(report: Report, page: Page[Any]) -> list[tuple[str, list[Cell]]]:
    """The rows of a page, each with where it leads; empty if nowhere."""
    first = max(page.start_index() - 1, 0)
    rows = report.without_details(page.object_list)
    links = report.links[first : first + len(rows)] or [""] * len(rows)
    return list(zip(links, rows, strict=True))


@require_GET
def _file(request: HttpRequest, giver: Giver, report: str, kind: str) -> HttpResponseBase:
    """The report as a file, in the order of the page; a long one is made by the worker."""
    if kind not in FILE_KINDS or offer_to(giver, report) is None:
        raise Http404
    sort = request.GET.get("sort", "")
    if is_long(giver):
        made = ask_for_file(giver, report, kind, sort=sort, by=cast(User, request.user), at=timezone.now())
        return redirect(giver.url("report_making", made.uuid))
    found = _read_or_404(giver, report)
    found = in_order(found, order_asked(sort, found))
    try:
        return report_file(found, kind, whose=giver.name, at=timezone.now())
    except CannotBePrinted:
        messages.error(request, _("A name here is in letters that our paper has no type for. The other files hold it."))
        return redirect(giver.url("report", report))


def _file_or_404(request: HttpRequest, giver: Giver, made: UUID) -> ReportFile:
    mine = ReportFile.objects.filter(**giver.column, made_by=cast(User, request.user))
    return get_object_or_404(mine.defer("content"), uuid=made)


@require_GET
def _making(request: HttpRequest, giver: Giver, made: UUID) -> HttpResponse:
    """How far a long report is, and the way to it once it is ready."""
    one = _file_or_404(request, giver, made)
    offer = offer_to(giver, one.report)
    if offer is None:
        raise Http404
    context = {
        "one": one,
        "offer": offer,
        "is_under_way": one.state in UNDER_WAY,
        "is_made": one.state == FileState.MADE,
        "file_url": giver.url("report_made", one.uuid),
        "report_url": giver.url("report", one.report),
    }
    return render(request, "training/report_making.html", _context(giver, one.report) | context)


@require_GET
def _made(request: HttpRequest, giver: Giver, made: UUID) -> FileResponse:
    """The file, once it is ready."""
    one = _file_or_404(request, giver, made)
    if one.state != FileState.MADE or one.content is None:
        raise Http404
    offer = offer_to(giver, one.report)
    if offer is None:
        raise Http404
    return download(bytes(one.content), name_of(str(offer.title), giver.name, one.made_at), one.kind)


@require_POST
def _address(request: HttpRequest, giver: Giver, report: str) -> HttpResponse:
    """Make an address that serves the CSV; it is shown in answer, this once."""
    offer = offer_to(giver, report)
    if offer is None:
        raise Http404
    form, by, now = AddressForm(request.POST), cast(User, request.user), timezone.now()
    if not form.is_valid():
        return _shown(request, giver, report, form, status=422)
    try:
        token = make_address(giver, report, days=form.cleaned_data["days"], by=by, at=now)
    except TooManyAddresses:
        words = _("You have %(count)s addresses here. Withdraw one that nobody uses, and make the new one then.")
        form.add_error("days", words % {"count": MOST_OPEN})
        return _shown(request, giver, report, form, status=409)
    made = addresses_of(giver, by, at=now).first()
    context = {
        "offer": offer,
        "made": made,
        "link": settings.SITE_URL + reverse("report_by_address", args=[token]),
        "report_url": giver.url("report", report),
    }
    return render(request, "training/report_address.html", _context(giver, report) | context)


@require_POST
def _withdraw(request: HttpRequest, giver: Giver, address: UUID) -> HttpResponse:
    """The address opens nothing from now on."""
    mine = ReportAddress.objects.filter(**giver.column, made_by=cast(User, request.user))
    found = get_object_or_404(mine, uuid=address)
    withdraw(found, by=cast(User, request.user), at=timezone.now())
    messages.success(request, _("The address is withdrawn: it opens nothing any more."))
    return redirect(giver.url("report", found.report))


@never_cache
@require_safe
def by_address(request: HttpRequest, token: str) -> HttpResponseBase:
    """The CSV behind an address, for a spreadsheet that signs in nowhere. One that opens nothing answers 404."""
    now = timezone.now()
    found = fetched(token, at=now)
    if found is None:
        raise Http404
    address, report = found
    giver = Giver(cohort=address.cohort, organisation=address.organisation)
    with translation.override(address.language):
        response = report_file(report, "csv", whose=giver.name, at=now)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


organisation_reports, cohort_reports = both_ways(_reports)
organisation_report, cohort_report = both_ways(_report)
organisation_file, cohort_file = both_ways(_file)
organisation_making, cohort_making = both_ways(_making)
organisation_made, cohort_made = both_ways(_made)
organisation_address, cohort_address = both_ways(_address)
organisation_withdraw, cohort_withdraw = both_ways(_withdraw)
