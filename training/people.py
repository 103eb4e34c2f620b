"""A lead's own people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.models import Organisation

from .doors import for_lead


@require_GET
@for_lead
def show(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Everyone the organisation booked who has not left it."""
    return render(request, "training/people.html", {"organisation": organisation, "tab": "people"})
