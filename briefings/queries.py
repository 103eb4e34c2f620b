"""Reads worth sharing."""

from .models import BriefingPage


def page_of(number: int, *, language: str) -> BriefingPage | None:
    """The published page of a briefing in the language, or else in English."""
    pages = BriefingPage.objects.live().filter(briefing__number=number, language__in={language, "en"})
    return pages.select_related("briefing", "locale").order_by("language").first()  # "cy" stands before "en"
