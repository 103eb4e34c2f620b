"""The editors' side of films: refusals in words before anything breaks, and what was mended in their captions."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, resolve
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page
from wagtailmedia.permissions import permission_policy as film_files
from wagtailmedia.views.media import delete as delete_media

from .completeness import missing_from
from .file_forms import is_used
from .films import FilmFile
from .pages import FilmPage

MOST_REMARKS = 8


@hooks.register("register_admin_urls", order=-1)
def refusing_addresses() -> list[URLPattern]:
    """wagtailmedia has no hook before a file is deleted, so ours stands before its address.

    Whoever may not delete it is refused there, and is not told what it is called.
    """
    return [path("media/delete/<int:media_id>/", delete_film_file)]


def delete_film_file(request: HttpRequest, media_id: int) -> HttpResponse:
    film_file = get_object_or_404(FilmFile, pk=media_id)
    may_delete = film_files.user_has_permission_for_instance(request.user, "delete", film_file)
    if may_delete and is_used(film_file):
        words = _("“%(title)s” is shown on a page and cannot be deleted. Take it off the page first.")
        messages.error(request, words % {"title": film_file})
        return redirect("wagtailmedia:edit", media_id)
    response: HttpResponse = delete_media(request, media_id)
    return response


@require_admin_access
def act_on_page(request: HttpRequest, page_id: int, action_name: str, task_state_id: int) -> HttpResponseBase:
    """The last approval publishes, and asks no hook; a draft saved since it was handed in may have lost its captions.

    Stands before Wagtail's own address of the same (config/urls.py).
    """
    page = get_object_or_404(Page, pk=page_id)
    if request.method == "POST" and action_name == "approve" and (reason := reason_to_wait(page)):
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:edit", page_id)
    address = f"/pages/workflow/action/{page_id}/{action_name}/{task_state_id}/"
    wagtails, args, kwargs = resolve(address, urlconf="wagtail.admin.urls")  # its view has other names in Wagtail 8
    return cast(HttpResponseBase, wagtails(request, *args, **kwargs))


@hooks.register("before_publish_page")
def refuse_unfinished(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The form has said so already; this is for whoever comes another way."""
    reason = reason_to_wait(page)
    if reason:
        messages.error(request, reason)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def refuse_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: object
) -> HttpResponse | None:
    """Publishing many at once asks no form; drafts below the chosen pages may be published with them."""
    if action_type != "publish" or request.method != "POST":
        return None
    chosen = [one for one in objects if isinstance(one, Page)]
    below = request.POST.get("include_descendants") == "on"
    pages = [page for one in chosen for page in one.get_descendants(inclusive=True)] if below else chosen
    for page in pages:
        if reason := reason_to_wait(page):
            messages.error(request, reason)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def reason_to_wait(page: Page) -> str:
    """Why a film cannot be published as it was last saved; empty for any other page and for a film that is whole."""
    specific = page.specific
    if not isinstance(specific, FilmPage):
        return ""
    missing = missing_from(specific.get_latest_revision_as_object())
    if not missing:
        return ""
    sentences = " ".join(words for _field, words in missing)
    return _("“%(title)s” is not ready. %(sentences)s") % {"title": specific.title, "sentences": sentences}


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_was_mended(request: HttpRequest, page: Page) -> None:
    for remark in getattr(page, "mended_captions", ())[:MOST_REMARKS]:
        messages.info(request, _("Captions: %(remark)s") % {"remark": remark})
