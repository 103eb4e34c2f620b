"""One of a lead's people: their bookings and certificates, their leaving, and a place that is taken back."""

from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.days import site_day

from enrolments.leaving import leave_organisation, stay_in_organisation
from enrolments.models import Enrolment
from enrolments.taking_back import BegunAlready, take_booking_back, take_invitation_back
from people.models import Organisation, User

from .doors import for_lead
from .forms import LeavingForm
from .own_people import Row, booking_at, people_of, told


def _rows_or_404(organisation: Organisation, person: UUID) -> list[Row]:
    """The person's rows. Whoever has none, has left or was only written to has no page."""
    rows = [row for row in people_of(organisation, on=site_day(), person=person) if row.member]
    if not rows:
        raise Http404
    return sorted(told(rows), key=lambda row: row.since_on or date.max, reverse=True)


def _context(request: HttpRequest, organisation: Organisation, rows: list[Row], who: User) -> dict[str, object]:
    leaves_on = next((row.leaves_on for row in rows if row.leaves_on), None)
    return {
        "organisation": organisation,
        "tab": "people",
        "nav_current": "learning",
        "person": who,
        "rows": rows,
        "is_self": who == request.user,
        "leaves_on": leaves_on,
    }


@require_GET
@for_lead
def show(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """What this organisation booked for them, how far they are and what they earned; and the way to say they left."""
    rows = _rows_or_404(organisation, person)
    who = User.objects.get(uuid=person)
    form = LeavingForm(person=who, organisation=organisation, today=site_day())
    context = _context(request, organisation, rows, who)
    return render(request, "training/person.html", {**context, "form": form})


@require_http_methods(["GET", "POST"])
@for_lead
def leaving(request: HttpRequest, organisation: Organisation, person: UUID) -> HttpResponse:
    """GET with a day says what will happen; POST with the day does it, or with `stay` takes a day ahead back."""
    rows = _rows_or_404(organisation, person)
    who, now, today = User.objects.get(uuid=person), timezone.now(), site_day()
    by = cast(User, request.user)
    if "stay" in request.POST:
        stay_in_organisation(who, organisation, at=now, by=by)
        messages.success(request, _("%(name)s stays.") % {"name": who})
        return redirect("organisation_person", organisation.uuid, person)
    given = request.POST if request.method == "POST" else request.GET
    form = LeavingForm(given if "on" in given else None, person=who, organisation=organisation, today=today)
    context = {**_context(request, organisation, rows, who), "form": form}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "training/leaving.html", context, status=status)
    on = form.cleaned_data["on"]
    if request.method == "GET":
        unbegun = [row for row in rows if row.may_be_taken_back]
        return render(request, "training/leaving_confirm.html", {**context, "on": on, "unbegun": unbegun})
    leave_organisation(who, organisation, on=on, at=now, by=by)
    words = (
        _("%(name)s leaves your organisation from %(day)s.")
        if on > today
        else _("%(name)s left your organisation from %(day)s.")
    )
    messages.success(request, words % {"name": who, "day": date_format(on, "j F Y")})
    return redirect("dashboard") if who == by else redirect("organisation_people", organisation.uuid)


@require_http_methods(["GET", "POST"])
@for_lead
def booking(request: HttpRequest, organisation: Organisation, booking: UUID) -> HttpResponse:
    """A place nobody began in, or a letter nobody answered: what it is, and taking it back."""
    found = booking_at(organisation, booking, on=site_day())
    if found is None or not found[0].may_be_taken_back:
        raise Http404
    row, behind = found
    if request.method == "POST":
        try:
            take = take_booking_back if isinstance(behind, Enrolment) else take_invitation_back
            take(behind, at=timezone.now(), by=cast(User, request.user))  # type: ignore[arg-type]
            messages.success(request, _("The place of %(name)s is free again.") % {"name": row.name})
        except BegunAlready as begun:
            messages.error(request, str(begun))
        return redirect("organisation_people", organisation.uuid)
    context = {"organisation": organisation, "tab": "people", "nav_current": "learning", "row": row}
    return render(request, "training/booking.html", context)
