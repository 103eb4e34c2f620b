"""What course, module, lesson and front page files share: front matter, text, and a Wagtail page in one language."""

import re
from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from toolkit.row_numbers import row_number
from wagtail.models import Locale, Page, Site

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, finishing, read_fields
from publishing.plain import PLAIN, canonical_plain, stored_plain
from publishing.rich import canonical
from publishing.text import read_body
from reference.models import Source
from reference.pages import WrittenPage

from . import page_pictures
from .base import Package, Parsed
from .glossary import unknown_words
from .law import unknown_law
from .sources import unknown_sources

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_LANGUAGE = re.compile(r"\.(?P<language>[a-z]{2})\.md$")
_PLAIN_FIELDS = ("title", "slug", "lead", "content_notice", "content_topics", "drafted_by", "checked_by")


def language_of(path: str) -> str:
    """The language a file's name says: `x.cy.md` is Welsh, `x.md` English."""
    found = _LANGUAGE.search(path)
    return found["language"] if found else "en"


def split_front_matter(path: str, text: str) -> tuple[Fields, str, int]:
    """The fields, the text under them and the line it starts on. Raises BadContent."""
    found = _FRONT.match(text)
    if not found:
        raise BadContent([Fault(path, 1, "must begin with fields between two lines of “---”.")])
    front = found["front"]
    return read_fields(front, path, offset=1), found["body"], front.count("\n") + 4


def page_state(fields: Fields, body: str, first_line: int, *, page: UUID, lesson: bool = False) -> dict[str, Any]:
    """Everything a page file says, in the form `site_state_of` gives for a page."""
    checked_by = fields.text("checked_by", required=False, longest=150)
    checked_on, drafted_on = fields.day("checked_on"), fields.day("drafted_on", required=True)
    if bool(checked_by) != bool(checked_on):
        fields.fault("checked_by", "“checked_by” and “checked_on” go together.")
    notice = fields.whole("content_notice", least=0, most=2, default=0)
    topics = fields.words("content_topics")
    if notice and not topics:
        fields.fault("content_topics", "a content notice says what it is about.")
    state = {
        "title": fields.text("title", longest=250),
        "slug": fields.slug("slug"),
        "lead": fields.text("lead"),
        "content_notice": notice,
        "content_topics": topics,
        "drafted_by": fields.text("drafted_by", longest=150),
        "drafted_on": drafted_on.isoformat() if drafted_on else None,
        "checked_by": checked_by,
        "checked_on": checked_on.isoformat() if checked_on else None,
        "sources": sorted(fields.words("sources")),
        "body": read_body(
            body, page=page, path=fields.path, first_line=first_line, faults=fields.faults, lesson=lesson
        ),
        "live": True,
    }
    return state | _checked_earlier(fields)


def _checked_earlier(fields: Fields) -> dict[str, str]:
    """Which text was checked, where it is not this one any more."""
    digest = fields.text("checked_digest", required=False, longest=64)
    if digest and not fields.has("checked_by"):
        fields.fault("checked_digest", "“checked_digest” goes with “checked_by”.")
    return {"checked_digest": digest} if digest else {}


def site_state_of(page: WrittenPage) -> dict[str, Any]:
    """What the newest revision of a page says, so that an editor's draft counts as a change."""
    return state_of(page.get_latest_revision_as_object(), is_live=page.live)


def state_of(version: WrittenPage, *, is_live: bool) -> dict[str, Any]:
    """What one version of a page says, its text in the canonical form in which files and the site are compared."""
    state = {
        **{name: getattr(version, name) for name in _PLAIN_FIELDS},
        "drafted_on": version.drafted_on.isoformat() if version.drafted_on else None,
        "checked_on": version.checked_on.isoformat() if version.checked_on else None,
        "sources": sorted(source.key for source in version.sources.all()),
        "body": [_canonical_block(block) for block in version.body.raw_data],
        "live": is_live,
    }
    is_earlier = version.checked_by and version.checked_digest and not version.is_checked
    return state | ({"checked_digest": version.checked_digest} if is_earlier else {})


def _canonical_block(block: dict[str, Any]) -> dict[str, Any]:
    value = block["value"]
    if block["type"] == "text":
        value = canonical(value, _address_on_site)
    elif block["type"] in ("key_point", "quotation"):
        value = {**value, "text": canonical(value["text"], _address_on_site)}
        value = {name: one for name, one in value.items() if name != "icon" or one}
    elif block["type"] == "picture":
        value = page_pictures.said_by(value)
    elif block["type"] in PLAIN:
        value = canonical_plain(block["type"], value)
    return {"type": block["type"], "value": value, "id": str(block.get("id"))}


def _address_on_site(number: str) -> str | None:
    """The address of the page an editor chose by hand; its number means nothing elsewhere."""
    page = Page.objects.filter(pk=row_number(number)).first()
    parts = page.get_url_parts() if page else None
    return parts[2] if parts else None


def fill(page: WrittenPage, state: dict[str, Any]) -> None:
    """Put a file's words into a page object; `publish` saves it."""
    for name in _PLAIN_FIELDS:
        setattr(page, name, state[name])
    page.drafted_on, page.checked_on = state["drafted_on"], state["checked_on"]
    # Unless the file says otherwise, whoever checked it checked this very text.
    page.checked_digest = state.get("checked_digest", "")
    page.draft_title = state["title"]
    page.body = page.body.stream_block.to_python([_stored_block(block) for block in state["body"]])


def _stored_block(block: dict[str, Any]) -> dict[str, Any]:
    plain = block["type"] in PLAIN
    return {**block, "value": stored_plain(block["type"], block["value"])} if plain else block


def publish(page: WrittenPage, state: dict[str, Any], *, parent: Page | None = None) -> None:
    """Save a page as the file has it, under `parent` if it is new, and publish that as a revision."""
    page.full_clean(exclude=["path", "depth", "numchild", "url_path", "language", page.neutral_field])
    if page.pk is None:
        if parent is None:
            raise ValueError("a new page needs a parent")
        parent.add_child(instance=page)
    else:
        page.save()
    page.sources = Source.objects.filter(key__in=state["sources"])
    page.save_revision(log_action=True).publish()


def locale_for(language: str) -> Locale:
    """The locale of a language, made if this is its first page."""
    return Locale.objects.get_or_create(language_code=language)[0]


def check_page(thing: Parsed, package: Package) -> list[Fault]:
    """Faults every page file may have with other files."""
    return unknown_sources(thing, package) + unknown_words(thing, package) + unknown_law(thing, package)


def front_page(language: str) -> Page:
    """The front page in a language, under which everything else stands."""
    root: Page = Site.objects.get(is_default_site=True).root_page
    return root.get_translations(inclusive=True).filter(locale__language_code=language).get()


def has_front_page(language: str) -> bool:
    """Whether there is one; English always stands under whatever the site begins with."""
    root: Page = Site.objects.get(is_default_site=True).root_page
    return language == "en" or root.get_translations().filter(locale__language_code=language).exists()


def uuid_and_language(thing: Parsed) -> tuple[UUID, str]:
    uuid, language = thing.key.split(":")
    return UUID(uuid), language


class PageFile(ABC):
    """What kinds of page file share: one file, one thing, one page in one language."""

    name: str
    order: int
    pattern: re.Pattern[str]
    is_lesson = False  # whether films of other hosts and practice may stand among its text

    def matches(self, path: str) -> bool:
        return bool(self.pattern.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = self.pattern.match(path)
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid, lesson=self.is_lesson)
            state |= self.own_state(fields, found.groupdict() if found else {})
        return [Parsed(self.name, f"{uuid}:{language_of(path)}", path, state)]

    @abstractmethod
    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        """What its file says beside what every page says."""

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package)

    @abstractmethod
    def page_of(self, thing: Parsed) -> Any:
        """The page a file speaks of; None where there is none."""

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self.page_of(thing)
        return self.said_by(page.get_latest_revision_as_object(), is_live=page.live) if page else None

    def said_by(self, version: Any, *, is_live: bool) -> dict[str, Any]:
        """Everything a version of a page says that a file can say."""
        return state_of(version, is_live=is_live) | self.own_site_state(version)

    @abstractmethod
    def own_site_state(self, version: Any) -> dict[str, Any]:
        """The same as `own_state`, of a version of a page."""

    def _thing(self, page: WrittenPage, uuid: UUID, path: str) -> Parsed:
        """What readers have of a page, for an export."""
        return Parsed(self.name, f"{uuid}:{page.language}", path, self.said_by(page, is_live=page.live))
