"""Tables that become cards on a phone: each cell has the words of its column beside it."""

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def beside(cells: Iterable[Any], headings: Iterable[str]) -> list[tuple[str, Any]]:
    """Each cell with the heading of its column; as many of the one as of the other."""
    return list(zip(headings, cells, strict=True))
