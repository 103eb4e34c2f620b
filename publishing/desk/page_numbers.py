"""Pages named by their number at the desk: in Wagtail's interface for programs, in a form, and where one is moved to.

Wagtail asks whether somebody may do what a form says only once it shows the title of the page the number names.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from rest_framework.response import Response
from toolkit.row_numbers import row_number
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.move import move_confirm
from wagtail.models import Page

from people.models import User

from .choosing import known_to

FIELDS = ("new_parent_page", "chooser")  # what Wagtail's forms of pages call the page that is chosen


def names_known_pages(posted: QueryDict, user: User | AnonymousUser) -> bool:
    """Whether the person may know every page that is chosen in a form. What is no page is for the form to refuse."""
    given = {number for name in FIELDS for one in posted.getlist(name) if (number := row_number(one)) is not None}
    there = Page.objects.filter(pk__in=given)
    return not given or known_to(user, there).count() == there.count()


@require_admin_access
def move_to(request: HttpRequest, page_to_move_id: int, destination_id: int) -> HttpResponseBase:
    """Wagtail's question whether to move a page, asked of whoever may move it there and nobody else."""
    page, there = (get_object_or_404(Page, pk=number) for number in (page_to_move_id, destination_id))
    if not page.permissions_for_user(request.user).can_move_to(there):
        raise PermissionDenied
    answer: HttpResponseBase = move_confirm(request, page_to_move_id, destination_id)
    return answer


class PagesAsKnown(PagesAdminAPIViewSet):  # type: ignore[misc]
    """A page's parent, those above it and its translations are named to whoever may know them."""

    def detail_view(self, request: Any, pk: int) -> Response:
        return _pruned(super().detail_view(request, pk), request.user)

    def listing_view(self, request: Any) -> Response:
        return _pruned(super().listing_view(request), request.user)


def _pruned(response: Response, user: User | AnonymousUser) -> Response:
    metas = [one["meta"] for one in response.data.get("items", [response.data]) if "meta" in one]
    named = {one["id"] for meta in metas for one in _named(meta)}
    known = set(known_to(user, Page.objects.filter(pk__in=named)).values_list("pk", flat=True))
    for meta in metas:
        if meta.get("parent") and meta["parent"]["id"] not in known:
            meta["parent"] = None
        for name in {"ancestors", "translations"} & set(meta):
            meta[name] = [one for one in meta[name] or [] if one["id"] in known]
    return response


def _named(meta: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The other pages that are told about one."""
    yield from [meta["parent"]] if meta.get("parent") else []
    for name in ("ancestors", "translations"):
        yield from meta.get(name) or []
