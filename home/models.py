"""The front door: the page at `/` and at `/cy/`."""

from courses.pages import WrittenPage
from django.utils.translation import gettext_lazy as _


class HomePage(WrittenPage):
    """The front page in one language."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage"]
    exclude_fields_in_copy = ["language"]

    class Meta:
        verbose_name = _("front page")
