"""Searching a list of the desk: an apostrophe in a name finds every other, as it does elsewhere."""

import re
from typing import Any

from django.db.models import Q, QuerySet
from toolkit.folding import APOSTROPHES
from wagtail.admin.views.generic import IndexView
from wagtail.users.views.users import IndexView as PeopleIndexView

_ANY = f"['{APOSTROPHES}]"


def pattern(words: str) -> str:
    """A regular expression, of SQLite and PostgreSQL alike, for what was typed."""
    return re.sub(_ANY, _ANY, re.escape(words))


class _ByName:
    """A list whose search is answered by the database itself (`search_backend_name` is None)."""

    search_fields: list[str] | None
    search_query: str
    is_searching: bool

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        wanted = Q()
        for field in self.search_fields or []:
            wanted |= Q(**{f"{field}__iregex": pattern(self.search_query)})
        return queryset.filter(wanted)


class FoundByName(_ByName, IndexView):
    """A list that names people."""


class PeopleFoundByName(_ByName, PeopleIndexView):
    """The list of accounts. Wagtail would look at addresses only, because our one name is in a field of ours."""

    search_fields = ["name", "email"]
