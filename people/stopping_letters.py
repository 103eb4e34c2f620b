"""Stopping one kind of letter from the letter itself, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from post.choices import OPTIONAL_LETTERS
from post.unsubscribing import way_out_of


@csrf_exempt  # a mail program posts here by itself, without cookies (RFC 8058, 3.1); the signed token is what lets it
@never_cache
@require_http_methods(["GET", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; opening it changes nothing, because mail scanners open every address."""
    way_out = way_out_of(token)
    if way_out is None:
        raise Http404
    if request.method == "POST":
        way_out.take(at=timezone.now())
    context = {"stopped": request.method == "POST", "kind": OPTIONAL_LETTERS[way_out.kind]}
    return render(request, "people/stop_letters.html", context)
