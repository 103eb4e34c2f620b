"""pages/home.md and the other pages/*.md, told to the loader by this room because it may not look up here."""

import re
from typing import Any

from wagtail.models import Page, Site

from publishing.faults import Fault
from publishing.fields import Fields, finishing
from publishing.kinds import Package, Parsed
from publishing.kinds.written_page import (
    PageFile,
    check_page,
    fill,
    front_page,
    language_of,
    locale_for,
    page_state,
    publish,
    site_state_of,
    split_front_matter,
    uuid_and_language,
)

from .choices import StandingKind
from .models import HomePage, StandardPage, TryPage


class HomeFile:
    """The front page."""

    name = "home"
    order = 20
    path = re.compile(r"^pages/home(\.[a-z]{2})?\.md$")

    def matches(self, path: str) -> bool:
        return bool(self.path.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid)
        language = language_of(path)
        if language != "en":
            # All languages' front pages stand side by side under Wagtail's root; the slug is in no address.
            state["slug"] = f"{state['slug']}-{language}"
        return [Parsed(self.name, f"{uuid}:{language}", path, state)]

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package)

    def _page(self, thing: Parsed) -> HomePage | None:
        uuid, language = thing.key.split(":")
        return HomePage.objects.filter(translation_key=uuid, locale__language_code=language).first()

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self._page(thing)
        return site_state_of(page) if page else None

    def write(self, thing: Parsed) -> None:
        uuid, language = thing.key.split(":")
        page = self._page(thing) or HomePage(translation_key=uuid, locale=locale_for(language))
        if page.pk is None:
            _step_aside()
        fill(page, thing.state)
        publish(page, thing.state, parent=Page.get_first_root_node())
        if language == "en":
            _stand_at_the_root(page)


def _step_aside() -> None:
    """Free the slug of the page Wagtail starts with, which ours is about to replace."""
    for site in Site.objects.select_related("root_page"):
        if site.root_page.specific_class is Page:
            Page.objects.filter(pk=site.root_page_id).update(slug="wagtail-welcome")


def _stand_at_the_root(page: HomePage) -> None:
    """Make it the site's front page, and take away the page Wagtail starts with."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome = site.root_page if site.pk else None
    if welcome == page.page_ptr:
        return
    site.root_page = page
    site.save()
    if welcome is not None and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()


class StandingFile(PageFile):
    """`privacy.md`, `contact.md` and the others named after a kind get what it adds; any other name is text only."""

    name = "standing_page"
    order = 93
    pattern = re.compile(r"^pages/(?!(?:home|ninety-seconds)(?:\.[a-z]{2})?\.md$)(?P<stem>[a-z-]+)(\.[a-z]{2})?\.md$")

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        kind = found.get("stem", "").replace("-", "_")
        return {"kind": kind if kind in StandingKind.values else StandingKind.TEXT.value}

    def page_of(self, thing: Parsed) -> StandardPage | None:
        uuid, language = uuid_and_language(thing)
        return StandardPage.objects.filter(translation_key=uuid, language=language).first()

    def own_site_state(self, version: StandardPage) -> dict[str, Any]:
        return {"kind": version.kind}

    def write(self, thing: Parsed) -> None:
        uuid, language = uuid_and_language(thing)
        page = self.page_of(thing) or StandardPage(translation_key=uuid, locale=locale_for(language))
        fill(page, thing.state)
        page.kind = thing.state["kind"]
        publish(page, thing.state, parent=front_page(language))


class TryFile(PageFile):
    """The page to try a decision on, told in three sections."""

    name = "try"
    order = 94
    pattern = re.compile(r"^pages/ninety-seconds(\.[a-z]{2})?\.md$")

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        return {}

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        keys = tuple(block["value"]["key"] for block in thing.state["body"] if block["type"] == "section")
        in_order = f"the sections of this page are {', '.join(TryPage.PARTS)}, in this order."
        return check_page(thing, package) + ([] if keys == TryPage.PARTS else [Fault(thing.path, 0, in_order)])

    def page_of(self, thing: Parsed) -> TryPage | None:
        uuid, language = uuid_and_language(thing)
        return TryPage.objects.filter(translation_key=uuid, language=language).first()

    def own_site_state(self, version: TryPage) -> dict[str, Any]:
        return {}

    def write(self, thing: Parsed) -> None:
        uuid, language = uuid_and_language(thing)
        page = self.page_of(thing) or TryPage(translation_key=uuid, locale=locale_for(language))
        fill(page, thing.state)
        publish(page, thing.state, parent=front_page(language))
