"""What can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """In the order in which the filters stand."""

    LESSON = "lesson", _("Lesson")
    BRIEFING = "briefing", _("Briefing")
    FILM = "film", _("Film")
    STORY = "story", _("Story of good practice")
    REPORT = "report", _("Report")
    TERM = "term", _("Glossary")
    SOURCE = "source", _("Reading list")
    PAGE = "page", _("Page")

    @property
    def plural(self) -> str:
        """What a filter calls them."""
        return str(_PLURALS[self])


_PLURALS = {
    Kind.LESSON: _("Lessons"),
    Kind.BRIEFING: _("Briefings"),
    Kind.FILM: _("Films"),
    Kind.STORY: _("Stories"),
    Kind.REPORT: _("Reports"),
    Kind.TERM: _("Glossary"),
    Kind.SOURCE: _("Reading list"),
    Kind.PAGE: _("Pages"),
}
