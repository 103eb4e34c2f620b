"""New briefings as an Atom feed (RFC 4287). Every address in it is whole and comes from the SITE_URL setting."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reference.pages import address_of

from .models import BriefingPage

LONGEST = 30


@dataclass(frozen=True)
class Entry:
    """A briefing and its whole address."""

    page: BriefingPage
    address: str


class BriefingFeed(Feed[Entry, HttpRequest]):
    """The briefings of one language, the newest first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("%(brand)s: At a Glance briefings") % {"brand": settings.BRAND_NAME}

    def subtitle(self) -> str:
        return _("Short briefings on reviewing multi-agency work, with the key messages first.")

    def link(self) -> str:
        return f"{settings.SITE_URL}/briefings/"

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("briefing_feed")

    def feed_guid(self) -> str:
        return self.feed_url()

    def author_name(self) -> str:
        return settings.BRAND_NAME

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """What `items` is given: with the request at hand, Wagtail looks up where the site stands once."""
        return request

    def items(self, request: HttpRequest) -> list[Entry]:
        pages = BriefingPage.objects.live().public().filter(language=get_language() or "en")
        newest = pages.select_related("briefing", "locale").order_by("-published_on", "-briefing__number")[:LONGEST]
        return [Entry(page, address_of(page, request)) for page in newest]

    def item_title(self, item: Entry) -> str:
        return f"{item.page.briefing.shown_number} {item.page.title}"

    def item_description(self, item: Entry) -> str:
        """As HTML, which is how Atom readers take a summary."""
        return escape(item.page.lead)

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_guid(self, item: Entry) -> str:
        """The same for ever, wherever the page is moved and however it is renamed."""
        return uuid5(item.page.briefing.uuid, item.page.language).urn

    def item_author_name(self, item: Entry) -> str:
        return item.page.drafted_by or settings.BRAND_NAME

    def item_pubdate(self, item: Entry) -> datetime:
        return datetime.combine(item.page.published_on, time(), tzinfo=UTC)

    def item_updateddate(self, item: Entry) -> datetime:
        published = self.item_pubdate(item)
        return max(published, item.page.last_published_at or published)

    def item_categories(self, item: Entry) -> list[str]:
        return [*item.page.audience, *item.page.topics]
