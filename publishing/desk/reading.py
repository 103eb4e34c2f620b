"""The screen of a change: what it is, why, whom it meets, the comparison, and the one button that comes next."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from publishing.changed import CODE, PageChange, change_of
from publishing.gate import in_words, latest_draft, stopping
from publishing.models import SecondReading
from publishing.reading import (
    NO_NOTE,
    NO_REASON,
    NotAllowed,
    ask_for_reading,
    look_at,
    may_look,
    may_read,
    read_and_publish,
    send_back,
    sent_back,
    shown_of,
    waiting_reading,
)
from reference.pages import WrittenPage


class BackForm(forms.Form):
    """Why a change goes back to who wrote it."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    because = forms.CharField(
        label=gettext_lazy("What should change first"),
        max_length=1000,
        error_messages={"required": gettext_lazy(NO_REASON)},
        help_text=gettext_lazy("Whoever asked for a reader gets this by e-mail and sees it beside the draft."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(forms.Form):
    """What readers are told."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=gettext_lazy("What changed, for readers"),
        max_length=500,
        error_messages={"required": gettext_lazy(NO_NOTE)},
        help_text=gettext_lazy("A sentence or two. Whoever did this before reads it under “New since you did this”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_admin_access
def page_change(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the saved draft of a page changes. Its writer asks for a reader here; a reader publishes it."""
    page = get_object_or_404(Page, pk=page_id)
    may = page.permissions_for_user(request.user)
    draft = latest_draft(page) if may.can_edit() or may.can_publish() else None
    if draft is None:
        raise PermissionDenied
    change = change_of(draft)
    refusal, status = "", 200
    if request.method == "POST" and change is not None:
        try:
            return _give_back(request, page, change) if "back" in request.POST else _act(request, page, change)
        except NotAllowed as not_allowed:
            refusal, status = str(not_allowed), 422
    return render(request, "publishing/change.html", _context(request, draft, change, refusal), status=status)


def _filled(form: forms.Form) -> dict[str, str]:
    """What was typed. Raises NotAllowed, in the form's words."""
    if not form.is_valid():
        raise NotAllowed(" ".join(str(one) for errors in form.errors.values() for one in errors))
    return form.cleaned_data


def _give_back(request: HttpRequest, page: Page, change: PageChange) -> HttpResponse:
    typed = _filled(BackForm(request.POST))
    reading = send_back(change, by=request.user, at=timezone.now(), **typed)  # type: ignore[arg-type]
    words = _("“%(title)s” went back to %(who)s, with your words.")
    messages.success(request, words % {"title": page.title, "who": reading.asked_by.name})
    return redirect("wagtailadmin_home")


def _act(request: HttpRequest, page: Page, change: PageChange) -> HttpResponse:
    typed = _filled(NoteForm(request.POST))
    note, now = typed["note"], timezone.now()
    if not may_read(change, request.user):  # type: ignore[arg-type]
        ask_for_reading(change, by=request.user, note=note, at=now)  # type: ignore[arg-type]
        messages.success(request, _("It waits for a second reader now, on the first screen of whoever may publish it."))
        return redirect("page_change", page.pk)
    found = read_and_publish(change, by=request.user, note=note, shown=typed["shown"], at=now)  # type: ignore[arg-type]
    if found:
        messages.error(request, in_words(page, found))
        return redirect("publish_checks", page.pk)
    page.refresh_from_db()
    words = _("“%(title)s” is published.") if not page.has_unpublished_changes else _("“%(title)s” is scheduled.")
    messages.success(request, words % {"title": page.title})
    return redirect("wagtailadmin_home")


def _context(request: HttpRequest, draft: WrittenPage, change: PageChange | None, refusal: str) -> dict[str, Any]:
    waiting = waiting_reading(change) if change else None
    shown = shown_of(change) if change else ""
    typed = request.POST.get("note") if request.method == "POST" else None
    note = typed if typed is not None else waiting.note if waiting else ""
    return {
        "page": draft,
        "change": change,
        "waiting": waiting,
        "refusal": refusal,
        "sent_back": sent_back(change) if change else None,
        "form": NoteForm(initial={"note": note, "shown": shown}),
        "back_form": BackForm(initial={"because": request.POST.get("because", ""), "shown": shown}),
        "may_read": bool(change and change.is_substance and may_read(change, request.user)),  # type: ignore[arg-type]
        "others": [one for one in stopping(draft) if one.code != CODE],
        "comparison": comparison(request, change.base, draft) if change else [],
    }


@require_admin_access
def second_look(request: HttpRequest, reading: UUID) -> HttpResponse:
    """Wording that is live already, for somebody who did not write it."""
    change = get_object_or_404(SecondReading.objects.select_related("asked_by"), uuid=reading, is_substance=False)
    page = get_object_or_404(Page, pk=change.page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            look_at(change, by=request.user, at=timezone.now())  # type: ignore[arg-type]
            messages.success(request, _("Thank you. Somebody else has looked at this now."))
            return redirect("wagtailadmin_home")
        except NotAllowed as not_allowed:
            refusal = str(not_allowed)
    before, after = _versions(change, page)
    context = {
        "page": page,
        "reading": change,
        "refusal": refusal,
        "may_look": may_look(change, request.user),  # type: ignore[arg-type]
        "is_kept": before is not None and after is not None,
        "comparison": comparison(request, before, after) if before and after else [],
    }
    return render(request, "publishing/look.html", context, status=422 if refusal else 200)


def _versions(change: SecondReading, page: Page) -> tuple[Any, Any]:
    """The page before and after, where those revisions are kept."""
    wanted = (change.before_revision_id, change.after_revision_id)
    kept = {one.pk: one.as_object() for one in page.revisions.filter(pk__in=[pk for pk in wanted if pk])}
    return kept.get(wanted[0]), kept.get(wanted[1])


def comparison(request: HttpRequest, before: WrittenPage, after: WrittenPage) -> list[Any]:
    """Wagtail's own comparison, field by field, of two versions of a page."""
    panel = after.get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    compared = [compare(before, after) for compare in panel.get_comparison()]
    return [one for one in compared if one.has_changed()]
