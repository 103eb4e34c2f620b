"""Why a page of this room may not be deleted. Wagtail does not look by itself."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from .models import BriefingIndexPage, BriefingPage, ReportIndexPage, StoryIndexPage

SHELVES = (BriefingIndexPage, StoryIndexPage, ReportIndexPage)


def reason_to_keep(page: Page) -> str:
    """A sentence for the editor, or an empty text if the page and what is below it may go."""
    below = page.get_descendants(inclusive=True)
    spent = BriefingPage.objects.filter(pk__in=below.values("pk")).exclude(first_published_at=None)
    if kept := spent.select_related("briefing").first():
        return _(
            "%(briefing)s has been published and cannot be deleted: people have its number. Publish a briefing that "
            "takes its place, or unpublish it."
        ) % {"briefing": kept.briefing}
    if page.specific_class in SHELVES and below.count() > 1:
        return _("“%(title)s” still has pages under it. Move or delete those first.") % {"title": page.title}
    return ""
