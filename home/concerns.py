"""Reporting a concern about content, a person, data or access: to a named lead, who answers within days.

Not a way to report that a child may be at risk: the page says first where that goes.
"""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from toolkit.limits import within_limit
from toolkit.typed import typed_line, typed_text

from post.outbox import key_of_asker, queue_message

CONCERNS_PER_HOUR = 10
LONGEST = 4000  # characters: some 600 words


class ConcernForm(forms.Form):
    """What it is about, in whose words; a name and an address are the writer's choice."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        choices=[
            ("content", _("Something written or shown here")),
            ("person", _("How somebody behaved")),
            ("data", _("How my data is handled")),
            ("access", _("Something I cannot use or read")),
            ("other", _("Something else")),
        ],
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose what it is about."),
        },
    )
    words = forms.CharField(
        label=_("What happened, and where?"),
        help_text=_("Give the address of the page if it is about one. Leave out names and details of real children."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what happened.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your email address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_words(self) -> str:
        words = typed_text(self.cleaned_data["words"]).strip()
        if not words:
            raise forms.ValidationError(_("Write what happened."))
        return words

    def clean_name(self) -> str:
        return typed_line(self.cleaned_data["name"])


def lead() -> dict[str, Any]:
    """Who answers, by when; without an address nobody does, and the page says so."""
    return {
        "contact_name": settings.CONTACT_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_address": settings.CONTACT_ADDRESS,
        "answer_days": settings.CONCERN_ANSWER_DAYS,
    }


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Put the concern in the outbox to the lead."""
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if not settings.CONTACT_EMAIL:
        return _page(request, form, status=503)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    address = get_adapter().get_client_ip(request)
    if not within_limit(f"concern:{address}", limit=CONCERNS_PER_HOUR, seconds=3600):
        refusal = _now("Too many concerns came from your network in the last hour. Please write to the address below.")
        return _page(request, form, refusal=refusal, status=429)
    _queue(request, form.cleaned_data)
    return redirect("concern_sent")


def _page(request: HttpRequest, form: ConcernForm, *, refusal: str = "", status: int) -> HttpResponse:
    return render(request, "home/concern.html", {"form": form, "refusal": refusal, **lead()}, status=status)


def _queue(request: HttpRequest, given: dict[str, str]) -> None:
    """In English, the language of the lead. The row is tied to whoever is signed in, so that erasing finds it."""
    about = dict(ConcernForm.base_fields["about"].choices)  # type: ignore[attr-defined]
    with translation.override("en"):
        context = {**given, "about": about[given["about"]], **lead()}
        queue_message(
            to=request.user if request.user.is_authenticated else None,
            address=settings.CONTACT_EMAIL,
            language="en",
            kind="concern",
            dedupe_key=f"{key_of_asker(given['email'])}{uuid4()}" if given.get("email") else None,
            subject=_now("A concern: %(about)s") % {"about": about[given["about"]]},
            text=render_to_string("home/mail/concern.txt", context),
            at=timezone.now(),
        )


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """That it is on its way, and when there will be an answer."""
    return render(request, "home/concern_sent.html", lead())
