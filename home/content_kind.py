"""pages/home.md and pages/ninety-seconds.md, told to the loader by this room because it may not look up here."""

import re
from typing import Any

from wagtail.models import Page, Site

from publishing.faults import Fault
from publishing.fields import finishing
from publishing.kinds import Package, Parsed
from publishing.kinds.written_page import (
    check_page,
    fill,
    language_of,
    locale_for,
    page_state,
    publish,
    site_state_of,
    split_front_matter,
)

from .models import HomePage, TryPage


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


class TryFile:
    """The page to try a decision on, under the front page of its language."""

    name = "try"
    order = 25
    path = re.compile(r"^pages/ninety-seconds(\.[a-z]{2})?\.md$")

    def matches(self, path: str) -> bool:
        return bool(self.path.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid)
            keys = tuple(block["value"]["key"] for block in state["body"] if block["type"] == "section")
            if keys != TryPage.PARTS:
                fields.fault("title", f"the sections of this page are {', '.join(TryPage.PARTS)}, in this order.")
        return [Parsed(self.name, f"{uuid}:{language_of(path)}", path, state)]

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package)

    def _page(self, thing: Parsed) -> TryPage | None:
        uuid, language = thing.key.split(":")
        return TryPage.objects.filter(translation_key=uuid, locale__language_code=language).first()

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self._page(thing)
        return site_state_of(page) if page else None

    def write(self, thing: Parsed) -> None:
        uuid, language = thing.key.split(":")
        page = self._page(thing) or TryPage(translation_key=uuid, locale=locale_for(language))
        fill(page, thing.state)
        publish(page, thing.state, parent=HomePage.objects.get(language=language))


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
