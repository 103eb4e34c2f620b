"""From a Word file to a draft: the form under a module or on the briefings’ shelf, and the report of what was kept."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from publishing.word.drafts import draft_from_word, kind_under, may_bring, report_of
from publishing.word.parts import WordRefused
from publishing.word.report import kept_in_words, under_headings

from .word_forms import WordForm


@require_admin_access
def page_from_word(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """The form; sent with a file that can be read, a draft and its report."""
    parent = get_object_or_404(Page, pk=parent_page_id).specific
    if not may_bring(parent, request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    form = WordForm(request.POST, request.FILES) if request.method == "POST" else WordForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            page = draft_from_word(parent, file, file.name, by=request.user)  # type: ignore[arg-type]
            return redirect("word_report", page.pk)
        except WordRefused as refused:
            form.add_error("file", str(refused))
    kind = kind_under(parent)
    context = {"parent": parent, "form": form, "kind": kind._meta.model_name if kind else ""}
    return render(request, "publishing/word.html", context, status=422 if form.errors else 200)


@require_admin_access
def word_report(request: HttpRequest, page_id: int) -> HttpResponse:
    """What was kept of the file a page was made of, and what was not."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    report = report_of(page)
    if report is None:
        raise Http404(_("This page was not made from a Word file."))
    context = {
        "page": page,
        "file": report.name,
        "kept": kept_in_words(report.kept),
        "places": under_headings(report.losses),
    }
    return render(request, "publishing/word_report.html", context)


def buttons(page: Page, user: Any, next_url: str | None = None, **more: Any) -> Iterator[Button]:
    """In the menu of a module and of the shelf; and in the editor of a page that was made so, its report."""
    if may_bring(page, user):
        yield Button(_("From a Word file"), reverse("page_from_word", args=[page.pk]), icon_name="upload", priority=15)
    if more.get("view_name") == "edit" and page.permissions_for_user(user).can_edit() and report_of(page):
        address = reverse("word_report", args=[page.pk])
        yield Button(_("What was kept of the Word file"), address, icon_name="doc-full", priority=75)
