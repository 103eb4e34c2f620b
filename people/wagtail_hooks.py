"""Refusals in Wagtail's people screens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from .models import User
from .viewsets import organisation_sign_ins


@hooks.register("before_delete_user")
def refuse_to_delete(request: HttpRequest, user: User) -> HttpResponse:
    """Accounts are blanked in place; learning and certificates keep their owner."""
    messages.error(
        request,
        _("Accounts are never deleted. To keep somebody out, take away “may sign in” on their page."),
    )
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def refuse_to_delete_several(
    request: HttpRequest, action_type: str, objects: list[object], action_class_instance: object
) -> HttpResponse | None:
    if action_type == "delete" and objects and isinstance(objects[0], User):
        return refuse_to_delete(request, objects[0])
    return None


@hooks.register("register_admin_viewset")
def organisations_sign_ins() -> object:
    return organisation_sign_ins
