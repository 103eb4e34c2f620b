"""Which rows published pages are made from: a change of any of them makes what is kept of pages stale."""

from django.apps import apps
from toolkit.kept import follow
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

ROOMS = ("assessments", "briefings", "courses", "home", "media", "reference")
# Written while people learn and read, or drawn for one person at a time; no page shows them to everybody.
NOT_CONTENT = {
    "assessments.Attempt",
    "assessments.Draft",
    "assessments.Item",
    "assessments.ItemVersion",
    "assessments.Place",
    "assessments.Response",
    "assessments.Result",
    "assessments.Score",
    "media.Rendition",
    "media.Watching",
}


def follow_all() -> None:
    """Follow every row of the rooms of content but those, and what decides who may see a page."""
    of_rooms = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    follow(*(model for model in of_rooms if model._meta.label not in NOT_CONTENT))
    follow(Page, Site, Locale, PageViewRestriction)
    follow(page_published, page_unpublished, page_slug_changed, post_page_move)
