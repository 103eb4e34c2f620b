"""A holder's certificate, and the page where anybody checks a code."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from toolkit.limits import within_limit

from .choices import CredentialState
from .codes import grouped, read_code
from .models import Credential
from .paper import verify_url
from .verification import look_up

CHECKS_PER_MINUTE = 60


class CodeForm(forms.Form):
    """The code on a certificate, in any case, with or without hyphens."""

    code = forms.CharField(
        label=gettext_lazy("Code on the certificate"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-entry"}
        ),
        error_messages={"required": gettext_lazy("Write the code that stands on the certificate.")},
    )


def _own(request: HttpRequest, uuid: str) -> Credential:
    return get_object_or_404(Credential.objects.belonging_to(request.user), uuid=uuid)


@login_required
@require_GET
def certificate(request: HttpRequest, uuid: str) -> HttpResponse:
    """The holder's own page of a certificate."""
    credential = _own(request, uuid)
    context = {
        "credential": credential,
        "found": look_up(credential.code, at=timezone.now()),
        "change": None if credential.state == CredentialState.ISSUED else credential.changes.last(),
        "address": verify_url(credential),
        "nav_current": "learning",
    }
    return render(request, "credentials/certificate.html", context)


@login_required
@require_GET
def certificate_pdf(request: HttpRequest, uuid: str) -> FileResponse:
    """The paper, to its holder only, as it was stored at the award."""
    credential = _own(request, uuid)
    if not credential.pdf:
        raise Http404
    return FileResponse(
        credential.pdf.open("rb"), as_attachment=False, filename=f"certificate-{credential.shown_code}.pdf"
    )


@login_required
@require_POST
def show_name(request: HttpRequest, uuid: str) -> HttpResponse:
    """The holder says whether the check page may show their name; that of a replaced one shows none."""
    credential, show = _own(request, uuid), request.POST.get("show") == "yes"
    standing = Credential.objects.exclude(state=CredentialState.REPLACED).filter(pk=credential.pk)
    if not standing.update(name_shown=show):
        messages.error(request, _("It was replaced, and its page shows no name any more. Say so for the newer one."))
    elif show:
        messages.success(request, _("Whoever checks this code now sees your name."))
    else:
        messages.success(request, _("Whoever checks this code no longer sees your name."))
    return redirect("certificate", credential.uuid)


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """A form for a code; it leads to the code's own address, which can be kept and shared."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["code"]
        return redirect("verify_code", grouped(read_code(typed)) or _harmless(typed))
    return _public(render(request, "credentials/verify.html", {"form": form, "nav_current": "verify"}))


def _harmless(typed: str) -> str:
    """Something that fits in an address and is no code, for what cannot be one."""
    return "".join(character for character in typed if character.isalnum() and character.isascii())[:40] or "unknown"


@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What a code is worth today; the same words for a mistyped and an unknown one. Never cached."""
    address = get_adapter().get_client_ip(request)
    if not within_limit(f"verify:{address}", limit=CHECKS_PER_MINUTE, seconds=60):
        return _public(render(request, "credentials/too_many.html", status=429))
    found = look_up(code, at=timezone.now())
    context = {"found": found, "form": CodeForm(), "nav_current": "verify", "brand_name": settings.BRAND_NAME}
    return _public(render(request, "credentials/verified.html", context, status=200 if found else 404))


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
