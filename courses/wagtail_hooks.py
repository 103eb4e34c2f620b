"""Refusals in the editors' admin, in words, before anything is deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as documents
from wagtail.documents.views.documents import DeleteView as DocumentDeleteView
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as images
from wagtail.images.views.images import DeleteView as ImageDeleteView
from wagtail.models import Page

from media.file_forms import is_used
from reference.pages import WrittenPage

from .protection import reason_to_keep


@hooks.register("before_delete_page")
def refuse_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    if reason := reason_to_keep(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_copy_page")
def refuse_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An alias would be a second page of the same thing in the same language."""
    if request.method == "POST" and request.POST.get("alias") and isinstance(page.specific, WrittenPage):
        messages.error(request, _("This page cannot have an alias. Make a plain copy, or link to it."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: object
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    for thing in objects:
        refuse = refuse_page if isinstance(thing, Page) else refuse_used_file
        if response := refuse(request, thing):
            return response
    return None


@hooks.register("register_admin_urls", order=-1)
def refusing_addresses() -> list[URLPattern]:
    """Wagtail has no hook before one image or document is deleted, so ours stand before its two addresses.

    Whoever may not delete it is refused by Wagtail, and is not told what it is called.
    """
    return [
        path("images/<int:image_id>/delete/", delete_image),
        path("documents/delete/<int:document_id>/", delete_document),
    ]


def delete_image(request: HttpRequest, image_id: int) -> HttpResponse:
    image = get_object_or_404(get_image_model(), pk=image_id)
    may_delete = images.user_has_permission_for_instance(request.user, "delete", image)
    refusal = refuse_used_file(request, image) if may_delete else None
    return refusal or ImageDeleteView.as_view()(request, image_id=image_id)


def delete_document(request: HttpRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(get_document_model(), pk=document_id)
    may_delete = documents.user_has_permission_for_instance(request.user, "delete", document)
    refusal = refuse_used_file(request, document) if may_delete else None
    return refusal or DocumentDeleteView.as_view()(request, document_id=document_id)


def refuse_used_file(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """A refusal for an image or document that something uses."""
    back = {get_image_model(): "wagtailimages:index", get_document_model(): "wagtaildocs:index"}.get(type(thing))
    if back is None or not is_used(thing):
        return None
    messages.error(
        request,
        _(
            "“%(title)s” is used on a page or in a question and cannot be deleted. Take it off the page first; a "
            "question keeps its pictures."
        )
        % {"title": thing},
    )
    return redirect(back)
