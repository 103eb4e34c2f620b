"""A person's account: what it holds, how the site speaks to them, and the way in through their organisation."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from post.preferences import choose_letters, letters_wanted_by

from .account_forms import OrganisationAddressForm, PreferencesForm
from .models import User
from .organisation_sign_in import sign_in_for


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Everything about the account, one line each."""
    return render(request, "people/account.html", {"nav_current": "account"})


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, time zone, and which letters are wanted."""
    person = cast(User, request.user)
    form = PreferencesForm(request.POST or None, instance=person, letters=letters_wanted_by(person))
    if request.method == "POST" and form.is_valid():
        form.save()
        choose_letters(person, form.wanted_letters(), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("account_preferences")
    return render(request, "people/preferences.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def organisation_sign_in(request: HttpRequest) -> HttpResponse:
    """By the end of a work address, the service of the organisation, and the button that begins there."""
    form = OrganisationAddressForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    context = {"form": form, "asked": asked, "service": sign_in_for(form.cleaned_data["email"]) if asked else None}
    return render(request, "people/organisation_sign_in.html", context, status=422 if form.errors else 200)
