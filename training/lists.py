"""A lead books many people from a file: send it, look at the report, answer, take it in."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.days import site_day
from toolkit.row_numbers import row_number

from enrolments.choices import ListState
from enrolments.lists.receiving import choose, give_up, receive_list
from enrolments.lists.refusals import ListRefused
from enrolments.lists.taking_in import begin_taking_in
from enrolments.models import EnrolmentList
from enrolments.places import offers_to
from people.models import Organisation, User

from .doors import for_lead
from .list_files import faulty_rows, template_rows
from .list_forms import ListForm
from .list_report import ListReport
from .spreadsheets import table_file

LISTS_SHOWN = 10


@require_http_methods(["GET", "POST"])
@for_lead
def book(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Send a list in; the last ones."""
    offers = offers_to(organisation, on=site_day())
    form = ListForm(request.POST or None, request.FILES or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("organisation_list", organisation.uuid, _received(request, organisation, form).uuid)
        except ListRefused as refused:
            form.refuse(refused)
    lists = organisation.enrolment_lists.select_related("cohort", "uploaded_by").defer("rows", "report")
    context = {
        "organisation": organisation,
        "tab": "lists",
        "form": form,
        "areas": ", ".join(organisation.areas.order_by("name").values_list("name", flat=True)),
        "has_offers": offers.exists(),
        "lists": lists.order_by("-uploaded_at", "-pk")[:LISTS_SHOWN],
    }
    return render(request, "training/book.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, organisation: Organisation, form: ListForm) -> EnrolmentList:
    file = form.cleaned_data["file"]
    return receive_list(
        file.read(),
        file.name,
        organisation=organisation,
        cohort=form.cleaned_data["cohort"],
        by=cast(User, request.user),
        at=timezone.now(),
    )


@require_GET
@for_lead
def template(request: HttpRequest, organisation: Organisation, kind: str) -> FileResponse:
    """An empty list with the right headings and a line to show how."""
    headings, *rows = template_rows()
    return table_file(kind, headings, rows, name="list", title=_("List"))


@require_http_methods(["GET", "POST"])
@for_lead
def show(request: HttpRequest, organisation: Organisation, listed: UUID) -> HttpResponse:
    """The report on a list, how far it is, or what came of it; and what is said about it."""
    one = _found(organisation, listed)
    if request.method == "POST":
        try:
            return _said(request, one)
        except ListRefused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
    context: dict[str, Any] = {"organisation": organisation, "tab": "lists", "one": one}
    if one.state == ListState.CHECKED:
        context["report"] = ListReport(one, request.GET, at=timezone.now())
        context |= {"contact_name": settings.CONTACT_NAME, "contact_email": settings.CONTACT_EMAIL}
    if one.state == ListState.TAKEN_IN:
        context["booked"] = one.booked_count + one.invited_count
        context["already"] = one.row_count - context["booked"]
    return render(request, "training/list.html", context)


def _found(organisation: Organisation, listed: UUID) -> EnrolmentList:
    lists = EnrolmentList.objects.select_related("organisation", "cohort__course", "uploaded_by")
    return get_object_or_404(lists, uuid=listed, organisation=organisation)


def _said(request: HttpRequest, one: EnrolmentList) -> HttpResponse:
    """What a button of the page asks for. Raises ListRefused."""
    by, at, act = cast(User, request.user), timezone.now(), request.POST.get("act")
    if act == "give_up":
        give_up(one, by=by, at=at)
        messages.success(request, _("The list was given up. Nothing was booked, and the names were removed."))
        return redirect("organisation_book", one.organisation.uuid)
    if act == "take_in":
        begin_taking_in(one, by=by, at=at)
    else:
        left = choose(one, _choices(request), others_differ=act == "others_differ")
        if left:
            messages.success(request, _("Your answers are saved."))
        else:
            messages.success(request, _("Your answers are saved, and none is missing."))
    return redirect(request.path)


def _choices(request: HttpRequest) -> dict[int, str]:
    """What was chosen for each line."""
    return {
        line: value
        for name, value in request.POST.items()
        if isinstance(value, str)
        and name.startswith("line-")
        and (line := row_number(name.removeprefix("line-"))) is not None
    }


@require_GET
@for_lead
def faults(request: HttpRequest, organisation: Organisation, listed: UUID) -> FileResponse:
    """The lines with faults and what is wrong, to be mended and sent in again."""
    one = _found(organisation, listed)
    headings, *rows = faulty_rows(one)
    return table_file("csv", headings, rows, name="lines-to-mend", title="")
