"""Refusals at the editors' desk, in words, before a page is deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from .protection import reason_to_keep


@hooks.register("before_delete_page")
def refuse_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    if reason := reason_to_keep(page):
        messages.error(request, reason)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_many(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: object
) -> HttpResponse | None:
    pages = [one for one in objects if isinstance(one, Page)] if action_type == "delete" else []
    return next((response for page in pages if (response := refuse_page(request, page))), None)
