"""The shelves: one for each kind of page, in each language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from briefings.sorting import filters, narrowed
from reference.pages import translations_of

from .briefing import BriefingPage
from .report import ReportPage
from .story import StoryPage


class Shelf(Page):
    """A list of pages of one kind, in one language."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two sentences under the title."))

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **translations_of(self)}


class BriefingIndexPage(Shelf):
    """All briefings, by number; those that another has taken the place of come last."""

    subpage_types = ["briefings.BriefingPage"]

    class Meta:
        verbose_name = _("shelf of briefings")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = BriefingPage.objects.live().public().child_of(self).select_related("briefing", "locale")
        ordered = list(pages.order_by("briefing__number"))
        replaced = {page.supersedes_id for page in ordered}
        current = [page for page in ordered if page.briefing_id not in replaced]
        return {
            **super().get_context(request, *args, **kwargs),
            "briefings": narrowed(current, request.GET),
            "replaced": [page for page in ordered if page.briefing_id in replaced],
            "filters": filters(current, request.GET),
            "count": len(current),
            "nav_current": "briefings",
        }


class StoryIndexPage(Shelf):
    """All stories of good practice."""

    subpage_types = ["briefings.StoryPage"]

    class Meta:
        verbose_name = _("shelf of stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        stories = StoryPage.objects.live().public().child_of(self).select_related("locale").order_by("title")
        return {**super().get_context(request, *args, **kwargs), "stories": stories}


class ReportIndexPage(Shelf):
    """Our own reports, and the catalogue of works they rest on that are not ours."""

    subpage_types = ["briefings.ReportPage"]

    class Meta:
        verbose_name = _("shelf of reports")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        reports = ReportPage.objects.live().public().child_of(self).select_related("locale").prefetch_related("sources")
        works = {source for report in reports for source in report.sources.all() if not source.ours}
        catalogue = sorted(works, key=lambda source: (source.year or 9999, source.title))
        context = super().get_context(request, *args, **kwargs)
        return {**context, "reports": reports, "catalogue": catalogue}
