"""Who may keep the banks, and what an address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access

from assessments.bank import newest_of
from assessments.models import Item, ItemBank, ItemVersion

KEEP, REGRADE = "assessments.keep_banks", "assessments.regrade"
View = Callable[Concatenate[HttpRequest, ...], HttpResponse]


def for_keepers(view: View, permission: str = KEEP) -> View:
    """A view of the desk for those who may keep the banks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_admin_access(guarded)  # type: ignore[no-any-return]


def for_regraders(view: View) -> View:
    """The same for those who may score a question anew, which changes people's results."""
    return for_keepers(view, REGRADE)


def bank_at(key: str) -> ItemBank:
    return get_object_or_404(ItemBank.objects.select_related("course"), key=key)


def item_at(uuid: UUID) -> Item:
    return get_object_or_404(Item.objects.select_related("bank__course", "current", "category"), uuid=uuid)


def version_at(item: Item, number: str) -> ItemVersion:
    """The version with this number. Raises Http404."""
    found = item.versions.filter(number=number).first() if number.isdecimal() and len(number) < 9 else None
    if found is None:
        raise Http404
    found.item = item
    return found


def version_asked(request: HttpRequest, item: Item) -> ItemVersion:
    """The version the address asks for by its number, or the newest. Raises Http404."""
    return version_at(item, request.GET["version"]) if request.GET.get("version") else newest_of(item)
