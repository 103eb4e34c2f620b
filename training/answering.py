"""The pages of requests: who asks for a place, and answering them. For leads and for trainers alike."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from toolkit.typed import typed_line

from enrolments.choices import RequestState
from enrolments.models import PlaceRequest
from enrolments.places import NoPlacesLeft
from enrolments.requests import RequestRefused, approve_request, refuse_request, waiting_first
from people.models import User

from .doors import both_ways
from .givers import Giver

YES, NO = "yes", "no"


class AnswerForm(forms.Form):
    """A sentence to go with the answer."""

    note = forms.CharField(
        label=gettext_lazy("A sentence for them"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("It goes into the e-mail with your answer."),
        error_messages={"max_length": gettext_lazy("Write 300 letters at most.")},
    )

    def clean_note(self) -> str:
        return typed_line(self.cleaned_data["note"])


def _form(asked: PlaceRequest, data: Any = None) -> AnswerForm:
    return AnswerForm(data, prefix=f"r{asked.pk}")


@require_GET
def _show(request: HttpRequest, giver: Giver) -> HttpResponse:
    """Those that wait, and what was answered in the last ninety days."""
    return _page(request, giver)


def _page(
    request: HttpRequest, giver: Giver, *, answered: AnswerForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The list; with the form just sent in its place, if it was refused."""
    rows = list(waiting_first(giver.requests(), at=timezone.now()))
    waiting = [row for row in rows if row.state == RequestState.WAITING]
    urls = {row.pk: giver.url("request_answer", row.uuid) for row in waiting}
    forms_of = {form.prefix: form for form in [answered] if form}
    context = {
        "waiting": [(row, forms_of.get(f"r{row.pk}") or _form(row), urls[row.pk]) for row in waiting],
        "over": [row for row in rows if row.state != RequestState.WAITING],
        "problem": problem,
        "form": answered,
    }
    return render(request, "training/requests.html", giver.context("requests") | context, status=status)


@require_POST
def _answer(request: HttpRequest, giver: Giver, asked: UUID) -> HttpResponse:
    """Yes or no. Whoever is first decides; the second is told."""
    row = get_object_or_404(giver.requests(), uuid=asked)
    form, said = _form(row, request.POST), request.POST.get("answer")
    if said not in (YES, NO) or not form.is_valid():
        return _page(request, giver, answered=form, problem="" if form.errors else _("Say yes or no."), status=422)
    verb = approve_request if said == YES else refuse_request
    try:
        verb(row, by=cast(User, request.user), at=timezone.now(), note=form.cleaned_data["note"])
    except (RequestRefused, NoPlacesLeft) as refused:
        return _page(request, giver, answered=form, problem=str(refused), status=409)
    name = {"name": row.asker}
    told = _("%(name)s has a place, and an e-mail tells them.") if said == YES else _("An e-mail tells %(name)s.")
    messages.success(request, told % name)
    return redirect(giver.url("requests"))


organisation_requests, cohort_requests = both_ways(_show)
organisation_answer, cohort_answer = both_ways(_answer)
