"""The screen of a page's fact checks: asking, the address to send, the answers, closing."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from toolkit.days import site_day
from toolkit.typed import typed_line, typed_text
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from publishing.fact_checks import MOST_DAYS, Sent, address_of, ask, close, deal_with, last_day, sent_for
from publishing.gate import latest_draft
from publishing.models import FactCheck, FactCheckAnswer

USUAL_DAYS = 14


class AskForm(forms.Form):
    """Who is asked, what about, and until when."""

    reader = forms.CharField(
        label=gettext_lazy("Who checks it"),
        max_length=150,
        help_text=gettext_lazy("Their name, as they will read it above the draft."),
        error_messages={"required": gettext_lazy("Write who checks it.")},
    )
    question = forms.CharField(
        label=gettext_lazy("What they should look at"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what they should look at.")},
    )
    open_until = forms.DateField(
        label=gettext_lazy("Open until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose the last day on which it opens."),
            "invalid": gettext_lazy("Write a day such as 2027-01-31."),
        },
    )

    def clean_reader(self) -> str:
        return typed_line(self.cleaned_data["reader"]) or self._missing("reader")

    def clean_question(self) -> str:
        return typed_text(self.cleaned_data["question"]).strip() or self._missing("question")

    def clean_open_until(self) -> date:
        chosen: date = self.cleaned_data["open_until"]
        now = timezone.now()
        if not site_day(now) <= chosen <= last_day(now):
            words = ngettext(
                "Choose a day from today on, at most %(days)s day ahead.",
                "Choose a day from today on, at most %(days)s days ahead.",
                MOST_DAYS,
            )
            raise ValidationError(words % {"days": MOST_DAYS})
        return chosen

    def _missing(self, name: str) -> str:
        raise ValidationError(self.fields[name].error_messages["required"])


@require_admin_access
def fact_checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every fact check of a page, for whoever may edit it, and the form for another."""
    page = get_object_or_404(Page, pk=page_id)
    draft = latest_draft(page) if page.permissions_for_user(request.user).can_edit() else None
    if draft is None:
        raise PermissionDenied
    asked = request.method == "POST" and request.POST.get("act") == "ask"
    first = {"open_until": site_day() + timedelta(days=USUAL_DAYS)}
    form = AskForm(request.POST) if asked else AskForm(initial=first)
    if asked and form.is_valid():
        ask(draft, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The address is ready. Send it to whoever checks it; nobody else is told of it."))
        return redirect("fact_checks", page.pk)
    if request.method == "POST" and not asked:
        return _act(request, page)
    context = {"page": draft, "form": form, "sent": [_shown(one) for one in sent_for(page, timezone.now())]}
    return render(request, "publishing/fact_checks.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, page: Page) -> HttpResponse:
    """Close one of the page's, or say that an answer is dealt with; anything else is not there."""
    now, act = timezone.now(), request.POST.get("act")
    mine = FactCheck.objects.filter(page_id=page.pk)
    try:
        if act == "close":
            close(get_object_or_404(mine, uuid=request.POST.get("check")), by=request.user, at=now)  # type: ignore[arg-type]
            messages.success(request, _("It is closed: its address shows the draft to nobody any more."))
        else:
            answers = FactCheckAnswer.objects.filter(fact_check__in=mine)
            deal_with(get_object_or_404(answers, uuid=request.POST.get("answer")), by=request.user, at=now)  # type: ignore[arg-type]
    except ValidationError:  # no identifier at all
        messages.error(request, _("That fact check is not there."))
    return redirect("fact_checks", page.pk)


def _shown(one: Sent) -> dict[str, Any]:
    shown = {"check": one.check, "answers": one.answers, "is_open": one.is_open, "is_of_the_draft": one.is_of_the_draft}
    if not one.is_open:
        return shown
    address = address_of(one.check)
    return {**shown, "address": address, "letter": _letter(one.check, address)}


def _letter(check: FactCheck, address: str) -> str:
    """An e-mail begun in the editor's own program: the desk keeps no address of anybody outside."""
    words = _(
        "Dear %(reader)s,\n\nplease read this draft and tell me what is wrong, missing or out of date. You need no "
        "account; there is a box below it.\n\n%(address)s\n\nIt opens until %(day)s. %(question)s\n"
    )
    said = {
        "reader": check.reader,
        "address": address,
        "day": date_format(check.open_until, "j F Y"),
        "question": check.question,
    }
    subject = _("A draft to check: %(title)s") % {"title": check.title}
    return f"mailto:?subject={quote(subject)}&body={quote((words % said).replace(chr(10), chr(13) + chr(10)))}"
