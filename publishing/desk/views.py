"""The checks of one page: of what was saved, of what stands in the form now, and publishing all the same."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from publishing.checks import Weight
from publishing.gate import PERMISSION, NotReady, latest_draft, publish_in_spite
from reference.pages import WrittenPage

from .advice import said
from .forms import ReasonForm


@require_admin_access
def checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the checks say of the saved draft; whoever may, publishes it all the same from here."""
    page, draft = _page_to_edit(request, page_id)
    refusal, form = "", ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _publish(request, page, form.cleaned_data["reason"])
            return redirect("wagtailadmin_pages:edit", page.pk)
        except NotReady as not_ready:
            refusal = str(not_ready)
    found = said(draft, at=reverse("wagtailadmin_pages:edit", args=[page.pk]))
    context = {
        **found,
        "page": draft,
        "refusal": refusal,
        "form": form,
        "is_never": any(one.weight == Weight.ALWAYS for one in found["stopping"]),
        "may_override": request.user.has_perm(PERMISSION) and page.permissions_for_user(request.user).can_publish(),
    }
    return render(request, "publishing/checks.html", context, status=422 if refusal or form.errors else 200)


def _publish(request: HttpRequest, page: Page, reason: str) -> None:
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    publish_in_spite(page, by=request.user, reason=reason)  # type: ignore[arg-type]
    page.refresh_from_db()
    words = _("“%(title)s” is published. The reason is kept.") if page.live else _("“%(title)s” is scheduled.")
    messages.success(request, words % {"title": page.title})


@require_admin_access
@require_POST
def check_form(request: HttpRequest, page_id: int) -> HttpResponse:
    """The same of what stands in the editor's form now; nothing is saved."""
    _page, draft = _page_to_edit(request, page_id)
    data = request.POST.copy()
    for name in [name for name in data if name.startswith("action-")]:
        del data[name]
    form_class = draft.get_edit_handler().get_form_class()
    form = form_class(
        data, request.FILES, instance=draft, parent_page=draft.get_parent(), for_user=request.user, subscription=None
    )
    form.defer_required_fields()
    is_readable = form.is_valid()
    return render(
        request, "publishing/_findings.html", {**said(form.instance), "page": draft, "is_unreadable": not is_readable}
    )


def _page_to_edit(request: HttpRequest, page_id: int) -> tuple[Page, WrittenPage]:
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = latest_draft(page)
    if draft is None:
        raise PermissionDenied(_("This page has nothing that is checked."))
    return page, draft
