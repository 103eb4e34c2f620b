"""A trainer looks after one certificate of a learner: what became of it, and what may be done now, each confirmed.

Also of whoever left: what they earned stays theirs, and so does looking after it.
"""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from credentials import changes
from credentials.changes import ChangeRefused
from credentials.choices import CredentialState
from credentials.models import Credential
from credentials.verification import look_up
from enrolments.models import Cohort, Enrolment
from people.models import User

from ..doors import for_trainer
from .certificate_acts import ACTS, Act, Given, open_acts, why_not_replaced
from .learners import run_or_404


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort, enrolment: UUID, credential: UUID) -> HttpResponse:
    """What it says, what it is worth, what became of it and why, and what may be done now."""
    run = run_or_404(request, cohort, enrolment, with_left=True)
    held = _held_or_404(run, credential)
    context = _context(cohort, run, held)
    acts = open_acts(held, cast(User, request.user))
    return render(
        request,
        "training/certificate.html",
        {
            **context,
            "acts": [(act, ACTS[act].button) for act in acts],
            "is_own": held.learner_id == request.user.pk,
            "asked": changes.open_request(held),
            "happened": held.changes.select_related("by", "second_person"),
            "earlier": held.replaces,
            "why_not_replaced": why_not_replaced(held) if held.state == CredentialState.ISSUED else "",
        },
    )


@require_http_methods(["GET", "POST"])
@for_trainer
def change(request: HttpRequest, cohort: Cohort, enrolment: UUID, credential: UUID, act: str) -> HttpResponse:
    """GET says what will happen, POST does it; what cannot be done any more leads back in words."""
    run = run_or_404(request, cohort, enrolment, with_left=True)
    held, person = _held_or_404(run, credential), cast(User, request.user)
    if act not in ACTS:
        raise Http404
    asked_for = ACTS[act]
    form = asked_for.form(request.POST if request.method == "POST" else None, held)
    if form.is_valid():
        return _done(request, run, held, asked_for, form.cleaned_data)
    if request.method == "GET" and act not in open_acts(held, person):
        messages.info(request, _("That cannot be done with it now. Nothing has changed."))
        return redirect("cohort_certificate", cohort.uuid, run.uuid, held.uuid)
    context = {
        **_context(cohort, run, held),
        "act": asked_for,
        "form": form,
        "asked": changes.open_request(held),
        "new_name": form["name"].value() if act == "replace" else "",
    }
    return render(request, "training/certificate_change.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, run: Enrolment, held: Credential, act: Act, given: Given) -> HttpResponse:
    """Do it, and lead to the certificate that stands now."""
    try:
        made = act.do(held, cast(User, request.user), timezone.now(), given)
        messages.success(request, str(act.done))
    except ChangeRefused as refused:
        made = None
        messages.error(request, str(refused))
    stands = made if isinstance(made, Credential) else held
    return redirect("cohort_certificate", run.cohort.uuid, run.uuid, stands.uuid)


def _held_or_404(run: Enrolment, credential: UUID) -> Credential:
    rows = Credential.objects.select_related("learner", "replaces", "achievement").filter(enrolment=run)
    return get_object_or_404(rows, uuid=credential)


def _context(cohort: Cohort, run: Enrolment, held: Credential) -> dict[str, object]:
    return {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "run": run,
        "credential": held,
        "found": look_up(held.code, at=timezone.now()),
    }
