"""The front door: the page at `/` and at `/cy/`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from reference.pages import WrittenPage, translations_of

from .shift import SCALE


def course_page_in(language: str) -> CoursePage | None:
    """The course's public page in a language, or in English."""
    pages = {page.language: page for page in CoursePage.objects.live().filter(language__in=[language, "en"])}
    return pages.get(language) or pages.get("en")


class HomePage(WrittenPage):
    """The front page in one language."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage", "home.TryPage"]
    exclude_fields_in_copy = ["language"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "course_page": course_page_in(self.language), **translations_of(self)}

    class Meta:
        verbose_name = _("front page")


class TryPage(WrittenPage):
    """One decision to be rated before and after its ending is told. The text has three sections, told one by one."""

    PARTS = ("decision", "ending", "meaning")

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    exclude_fields_in_copy = ["language"]

    def clean(self) -> None:
        super().clean()
        if tuple(key for key, _heading in self.sections) != self.PARTS:
            raise ValidationError({"body": _("The text has three sections: decision, ending and meaning.")})

    @property
    def parts(self) -> dict[str, list[Any]]:
        """The blocks of each section, its heading first."""
        parts: dict[str, list[Any]] = {}
        for block in self.body:
            if block.block_type == "section":
                blocks = parts.setdefault(block.value["key"], [])
            blocks.append(block)
        return parts

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        course_page = course_page_in(self.language)
        return {**context, "course_page": course_page, **self.told_by(1), **translations_of(self)}

    def told_by(self, step: int) -> dict[str, Any]:
        """What a reader has been told by step 1, 2 or 3: nothing of a later step leaves the server."""
        keys = {1: ["decision"], 2: ["decision", "ending"], 3: ["meaning"]}[step]
        return {"step": step, "scale": SCALE, **{key: self.parts[key] for key in keys}}

    class Meta:
        verbose_name = _("try-it page")
