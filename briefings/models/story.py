"""Stories of good practice."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from reference.pages import WrittenPage, translations_of

from .sorted_page import SortedPage

STORY_KEYS = ["what-was-done", "what-made-it-possible", "what-changed"]


class StoryPage(SortedPage):
    """A story of good practice in one language: what was done, what made it possible, what changed."""

    parent_page_types = ["briefings.StoryIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["language"]

    content_panels = [
        *WrittenPage.content_panels[:-1],
        FieldPanel("audience"),
        FieldPanel("topics"),
        WrittenPage.content_panels[-1],
    ]

    class Meta:
        verbose_name = _("story of good practice")

    def clean(self) -> None:
        super().clean()
        if [key for key, _heading in self.sections] != STORY_KEYS:
            raise ValidationError({"body": _("A story has three sections, with these identifiers in this order: ")
                                   + ", ".join(STORY_KEYS)})  # fmt: skip

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}
