"""Reports in numbered chapters."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from briefings.forms import ReportForm
from reference.models import in_a_row
from reference.pages import WrittenPage, address_of, translations_of

from .sorted_page import SortedPage


class ReportPage(SortedPage):
    """A report in one language: numbered chapters, and how to cite it."""

    authors = models.JSONField(_("authors"), default=list)
    published_on = models.DateField(_("published on"), default=timezone.localdate)

    parent_page_types = ["briefings.ReportIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["language"]
    base_form_class = ReportForm

    content_panels = [
        *WrittenPage.content_panels[:-1],
        *(FieldPanel(name) for name in ("authors", "published_on", "audience", "topics")),
        WrittenPage.content_panels[-1],
    ]

    class Meta:
        verbose_name = _("report")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}

    @property
    def authors_in_words(self) -> str:
        return in_a_row(self.authors)

    @property
    def address(self) -> str:
        """Where it stands, as a citation gives it."""
        return address_of(self)
