"""How this room's pages are found, told to the search because it may not look up here."""

from collections.abc import Iterable

from search.choices import Kind
from search.entries import Draft, written

from .models import HomePage, StandardPage, TryPage


def page(page: HomePage | StandardPage) -> Iterable[Draft]:
    yield written(page, Kind.PAGE)


def decision(page: TryPage) -> Iterable[Draft]:
    """The decision alone: how it ended is told to nobody who has not rated it."""
    yield written(page, Kind.PAGE, only=["decision"])
