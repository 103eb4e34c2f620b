"""A person's own data: see, download, correct, close."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.limits import within_limit

from people.models import User

from .choices import RemovalCause
from .closing import close_account, correct_details
from .download import as_html, as_json, collect
from .erasure import erase
from .forms import ERASE, CloseForm, DetailsForm
from .holds import OnHold
from .models import LegalHold
from .subjects import subject_of

TRIES_PER_HOUR = 10


@login_required
@require_GET
def your_data(request: HttpRequest) -> HttpResponse:
    """What there is about the person, in numbers, and what they can do about it."""
    person = cast(User, request.user)
    context = {
        "parts": [(part["title"], len(part["rows"])) for part in collect(subject_of(person))],
        "is_on_hold": LegalHold.objects.in_force(timezone.now()).filter(person=person).exists(),
        "nav_current": "account",
    }
    return render(request, "privacy/your_data.html", context)


@login_required
@require_GET
def download(request: HttpRequest, form: str) -> HttpResponse:
    """Everything in one file: `form` is json or html."""
    subject, now = subject_of(cast(User, request.user)), timezone.now()
    content = as_json(subject, at=now) if form == "json" else as_html(subject, at=now)
    kind = "application/json" if form == "json" else "text/html"
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="your-data-{now:%Y-%m-%d}.{form}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Name, name on certificates, agency."""
    person = User.objects.get(pk=request.user.pk)
    form = DetailsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            correct_details(person, form.changed_data, at=timezone.now())
        messages.success(request, _("Your details are saved."))
        return redirect("your_data")
    status = 422 if form.errors else 200
    return render(request, "privacy/correct.html", {"form": form, "nav_current": "account"}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the account, or close and erase, after the password or a typed word."""
    person = cast(User, request.user)
    if request.method == "POST" and not within_limit(f"close:{person.pk}", limit=TRIES_PER_HOUR, seconds=3600):
        return _form(request, CloseForm(person=person), refusal=_("Too many tries. Wait an hour."), status=429)
    form = CloseForm(request.POST if request.method == "POST" else None, person=person)
    if not form.is_valid():
        return _form(request, form, status=422 if form.errors else 200)
    try:
        return _close(request, person, form.cleaned_data["what"])
    except OnHold as refused:
        return _form(request, form, refusal=str(refused), status=409)


def _close(request: HttpRequest, person: User, what: str) -> HttpResponse:
    now = timezone.now()
    if what == ERASE:
        erase(subject_of(person), at=now, cause=RemovalCause.ASKED, by=person)
    else:
        close_account(person, at=now)
    logout(request)
    return redirect("account_closed", "erased" if what == ERASE else "closed")


def _form(request: HttpRequest, form: CloseForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "refusal": refusal, "nav_current": "account"}
    return render(request, "privacy/close.html", context, status=status)


@require_GET
def closed(request: HttpRequest, what: str) -> HttpResponse:
    """That it is done; no letter is sent, because it would keep the address."""
    return render(request, "privacy/closed.html", {"is_erased": what == "erased"})
