"""The ways a page is published besides its editor's form, and how each asks the checks (decision 40)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from media.wagtail_hooks import act_on_page as act_on_film_too
from publishing.changed import CODE
from publishing.gate import in_words, stopping
from publishing.locks import lock_against
from reference.advice import is_last_task

MOST_NAMED = 5


def refuse_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For whoever came past the form: `before_publish_page`."""
    return _refused(request, page)


def refuse_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: object
) -> HttpResponse | None:
    """Publishing many at once asks no form: all are asked before any is published; what has to wait is named."""
    if action_type != "publish" or request.method != "POST":
        return None
    chosen = [one for one in objects if isinstance(one, Page)]
    if request.POST.get("include_descendants") == "on":
        chosen = [page for one in chosen for page in [one, *one.get_descendants().not_live()]]
    waiting = [(page, why) for page in chosen if (why := _why_not(request, page))]
    for _page, why in waiting[:MOST_NAMED]:
        messages.error(request, why)
    return redirect("wagtailadmin_explore", waiting[0][0].get_parent().pk) if waiting else None


@require_admin_access
def act_on_page(request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> HttpResponseBase:
    """An approval that would publish; stands before Wagtail's own address of the same (config/urls.py)."""
    page = get_object_or_404(Page, pk=page_id)
    would_publish = request.method == "POST" and action_name == "approve" and is_last_task(page)
    if would_publish and (refusal := _refused(request, page)):
        return refusal
    return act_on_film_too(request, page_id, action_name, task_state_id)


@require_admin_access
def publish_by_api(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Wagtail's API publishes without asking any hook of ours, so it publishes nothing that has to wait."""
    page = get_object_or_404(Page, pk=pk)
    if page.permissions_for_user(request.user).can_publish() and (why := _why_not(request, page)):
        return JsonResponse({"message": why}, status=400)
    return _wagtails(request, pk)


def _why_not(request: HttpRequest, page: Page) -> str:
    """Why whoever asks may not publish the last saved draft; empty where they may."""
    found = stopping(page)
    return lock_against(page, request.user) or (in_words(page, found) if found else "")  # type: ignore[arg-type]


def _wagtails(request: HttpRequest, pk: int) -> HttpResponseBase:
    view, args, kwargs = resolve(f"/api/main/pages/{pk}/action/publish/", urlconf="wagtail.admin.urls")
    answer: HttpResponseBase = view(request, *args, **kwargs)
    return answer


def _refused(request: HttpRequest, page: Page) -> HttpResponse | None:
    if locked := lock_against(page, request.user):  # type: ignore[arg-type]
        messages.error(request, locked)
        return redirect("wagtailadmin_pages:edit", page.pk)
    found = stopping(page)
    if not found:
        return None
    if any(one.code == CODE for one in found):
        messages.warning(request, in_words(page, found))
        return redirect("page_change", page.pk)
    messages.error(request, in_words(page, found))
    return redirect("publish_checks", page.pk)
