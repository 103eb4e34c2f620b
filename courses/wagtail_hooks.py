"""Refusals in the editors' admin, in words, before anything is deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, ReferenceIndex

from .protection import reason_to_keep


@hooks.register("before_delete_page")
def refuse_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    if reason := reason_to_keep(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: object
) -> HttpResponse | None:
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    for page in objects:
        if response := refuse_page(request, page):
            return response
    return None


@hooks.register("before_delete_image")
def refuse_image(request: HttpRequest, image: Any) -> HttpResponse | None:
    return _refuse_if_used(request, image, "wagtailimages:index")


@hooks.register("before_delete_document")
def refuse_document(request: HttpRequest, document: Any) -> HttpResponse | None:
    return _refuse_if_used(request, document, "wagtaildocs:index")


def _refuse_if_used(request: HttpRequest, thing: Any, back: str) -> HttpResponse | None:
    if not ReferenceIndex.get_references_to(thing).exists():
        return None
    messages.error(
        request,
        _("“%(title)s” is used on a page and cannot be deleted. Take it off the page first.") % {"title": thing},
    )
    return redirect(back)
