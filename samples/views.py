"""Development only: sign in as a sample person with one click, and read the mail that was sent."""

from base64 import b64encode

from csp.decorators import csp_replace
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from people.models import User
from people.second_step import note_development_sign_in
from post.letters import MARK_ID, mark_png
from post.models import Message

from .cast import CAST, COHORT_MATES, GUIDES, OTHERS


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Who there is to be."""
    return render(request, "samples/index.html", {"guides": GUIDES, "mates": COHORT_MATES, "others": OTHERS})


@require_GET
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Become a sample person. Exists only where the samples room is installed."""
    sample = next((one for one in CAST if one.key == key), None)
    if sample is None:
        raise Http404
    person = get_object_or_404(User, email=sample.email)
    login(request, person)
    note_development_sign_in(request, person)
    return redirect("dashboard")


@require_GET
@csp_replace({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One letter as its reader sees it; mail needs its styles on its elements, which no page of ours may have."""
    message = get_object_or_404(Message, pk=number)
    mark = "data:image/png;base64," + b64encode(mark_png()).decode()
    return HttpResponse(message.html.replace(f"cid:{MARK_ID}", mark))


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """Every message of the outbox, newest first, with its links made clickable."""
    return render(request, "samples/mail.html", {"outbox": Message.objects.all()[:100]})
