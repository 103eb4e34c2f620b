"""Development only: sign in as a sample person with one click, and read the mail that was sent."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from people.models import User
from post.models import Message

from .cast import CAST


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Who there is to be."""
    return render(request, "samples/index.html", {"cast": CAST})


@require_GET
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Become a sample person. Exists only where the samples room is installed."""
    sample = next((one for one in CAST if one.key == key), None)
    if sample is None:
        raise Http404
    person = get_object_or_404(User, email=sample.email)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("dashboard")


@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """Every message of the outbox, newest first, with its links made clickable."""
    return render(request, "samples/mail.html", {"outbox": Message.objects.all()[:100]})
