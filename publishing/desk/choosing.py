"""Choosing a page, as somebody may know the pages: what readers see, and what they work on themselves.

Wagtail's screens ask a hook what to list; the place to look in, several chosen at once and an address they do not.
They also show a page by the title of its draft.
"""

import json
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from toolkit.row_numbers import row_number
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from people.models import User


def works_on(user: User | AnonymousUser) -> set[int]:
    """The pages somebody sees at the desk, by number."""
    return set(page_permission_policy.explorable_instances(user).values_list("pk", flat=True))


def known_to(user: User | AnonymousUser, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Of these pages, what readers see and what the person works on; of others they learn no title."""
    seen = Page.objects.live().public().values_list("pk", flat=True)
    return pages.filter(pk__in={*works_on(user), *seen})


class Title(chooser.PageTitleColumn):
    """A page by the title of its draft for whoever works on it, and by the one readers see for everybody else."""

    def __init__(self, *args: Any, theirs: set[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self._theirs = theirs

    def get_value(self, instance: Page) -> str:
        if instance.pk not in self._theirs:
            instance.draft_title = instance.title  # of this answer only; the other columns ask for it as well
        return str(super().get_value(instance))


class Parent(chooser.ParentPageColumn):
    """Where a page stands, if its title may be told."""

    def __init__(self, *args: Any, theirs: set[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self._theirs = theirs

    def get_value(self, instance: Page) -> Page | None:
        parent = instance.get_parent()
        if parent is None or parent.pk in self._theirs:
            return parent
        parent.draft_title = parent.title
        return parent if Page.objects.live().public().filter(pk=parent.pk).exists() else None


class _AsTheyMayKnow:
    """Mixed into Wagtail's screens."""

    request: HttpRequest
    is_multiple_choice: Any

    @cached_property
    def theirs(self) -> set[int]:
        return works_on(self.request.user)

    @property
    def columns(self) -> list[Column]:
        return [self._column(one) for one in super().columns]  # type: ignore[misc]

    def _column(self, one: Column) -> Column:
        if isinstance(one, chooser.PageTitleColumn):
            named: dict[str, Any] = {"label": one.label, "is_multiple_choice": self.is_multiple_choice}
            return Title(one.name, theirs=self.theirs, **named)
        if isinstance(one, chooser.ParentPageColumn):
            return Parent(one.name, label=one.label, theirs=self.theirs)
        return one


@method_decorator(require_admin_access, name="dispatch")
class Browse(_AsTheyMayKnow, chooser.BrowseView):  # type: ignore[misc]
    """The pages of a place; asked for one that may not be known, those of the nearest above it that may."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponseBase:
        asked = Page.objects.filter(pk=parent_page_id).first() if parent_page_id else None
        if asked is not None:
            nearest = known_to(request.user, asked.get_ancestors(inclusive=True)).order_by("-depth").first()
            parent_page_id = nearest.pk if nearest else None
        answer: HttpResponseBase = super().get(request, parent_page_id)
        return answer


@method_decorator(require_admin_access, name="dispatch")
class Search(_AsTheyMayKnow, chooser.SearchView):  # type: ignore[misc]
    """Pages by their title."""


@method_decorator(require_admin_access, name="dispatch")
class Several(chooser.ChosenMultipleView):  # type: ignore[misc]
    """Those chosen at once that may be known."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = [number for one in request.GET.getlist("id") if (number := row_number(one)) is not None]
        known, chosen = known_to(request.user, Page.objects.filter(pk__in=asked)), request.GET.copy()
        self._titles, self._theirs = dict(known.values_list("pk", "title")), works_on(request.user)
        chosen.setlist("id", [str(number) for number in self._titles])
        request.GET = chosen  # type: ignore[assignment]
        answer: HttpResponseBase = super().get(request)
        return answer

    def render_chosen_response(self, result: list[dict[str, Any]]) -> HttpResponseBase:
        for one in result:
            if one["id"] not in self._theirs:
                one["adminTitle"] = self._titles[one["id"]]
        answer: HttpResponseBase = super().render_chosen_response(result)
        return answer


@method_decorator(require_admin_access, name="dispatch")
class Address(chooser.ExternalLinkView):  # type: ignore[misc]
    """An address that is a page's becomes a link to the page, unless that told a title that may not be known."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = super().post(request)
        told = json.loads(answer.content)  # type: ignore[attr-defined]
        number = (told.get("internal") or told.get("result") or {}).get("id")
        if number is None or self._may_know(number):
            return answer
        as_typed: HttpResponseBase = self.render_chosen_response(self.get_result_data())
        return as_typed

    def _may_know(self, number: int) -> bool:
        user = self.request.user
        page = known_to(user, Page.objects.filter(pk=number)).first()
        return page is not None and (page.draft_title == page.title or number in works_on(user))
