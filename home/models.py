"""The front door: the page at `/` and at `/cy/`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from reference.pages import WrittenPage, translations_of


class HomePage(WrittenPage):
    """The front page in one language."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage", "media.FilmIndexPage"]
    exclude_fields_in_copy = ["language"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        course_page = CoursePage.objects.live().filter(language__in=[self.language, "en"]).order_by("language").last()
        return {**context, "course_page": course_page, **translations_of(self)}

    class Meta:
        verbose_name = _("front page")
