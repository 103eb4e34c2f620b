"""What course, module, lesson and front page files share: front matter, text, and a Wagtail page in one language."""

import re
from typing import Any
from uuid import UUID

from wagtail.models import Locale, Page, Site

from publishing.faults import BadContent, Fault
from publishing.fields import Fields, finishing, read_fields
from publishing.text import read_body
from reference.models import Source
from reference.pages import WrittenPage

from .base import Package, Parsed
from .glossary import unknown_words
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


def page_state(fields: Fields, body: str, first_line: int, *, page: UUID) -> dict[str, Any]:
    """Everything a page file says, in the form `site_state_of` gives for a page."""
    checked_by = fields.text("checked_by", required=False, longest=150)
    checked_on, drafted_on = fields.day("checked_on"), fields.day("drafted_on", required=True)
    if bool(checked_by) != bool(checked_on):
        fields.fault("checked_by", "“checked_by” and “checked_on” go together.")
    notice = fields.whole("content_notice", least=0, most=2, default=0)
    topics = fields.words("content_topics")
    if notice and not topics:
        fields.fault("content_topics", "a content notice says what it is about.")
    return {
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
        "body": read_body(body, page=page, path=fields.path, first_line=first_line, faults=fields.faults),
        "live": True,
    }


def site_state_of(page: WrittenPage) -> dict[str, Any]:
    """What the newest revision of a page says, so that an editor's draft counts as a change."""
    draft = page.get_latest_revision_as_object()
    return {
        **{name: getattr(draft, name) for name in _PLAIN_FIELDS},
        "drafted_on": draft.drafted_on.isoformat() if draft.drafted_on else None,
        "checked_on": draft.checked_on.isoformat() if draft.checked_on else None,
        "sources": sorted(source.key for source in draft.sources.all()),
        "body": [
            {"type": block["type"], "value": block["value"], "id": str(block["id"])} for block in draft.body.raw_data
        ],
        "live": page.live,
    }


def fill(page: WrittenPage, state: dict[str, Any]) -> None:
    """Put a file's words into a page object; `publish` saves it."""
    for name in _PLAIN_FIELDS:
        setattr(page, name, state[name])
    page.drafted_on, page.checked_on = state["drafted_on"], state["checked_on"]
    page.checked_digest = ""  # the file says who checked this very text
    page.draft_title = state["title"]
    page.body = page.body.stream_block.to_python(state["body"])


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
    return unknown_sources(thing, package) + unknown_words(thing, package)


def front_page(language: str) -> Page:
    """The front page in a language, under which everything else stands."""
    root: Page = Site.objects.get(is_default_site=True).root_page
    return root.get_translations(inclusive=True).filter(locale__language_code=language).get()


def uuid_and_language(thing: Parsed) -> tuple[UUID, str]:
    uuid, language = thing.key.split(":")
    return UUID(uuid), language


class PageFile:
    """What kinds of page file share: one file, one thing, one page in one language."""

    name: str
    order: int
    pattern: re.Pattern[str]

    def matches(self, path: str) -> bool:
        return bool(self.pattern.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = self.pattern.match(path)
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid)
            state |= self.own_state(fields, found.groupdict() if found else {})
        return [Parsed(self.name, f"{uuid}:{language_of(path)}", path, state)]

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        raise NotImplementedError

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package)

    def page_of(self, thing: Parsed) -> Any:
        raise NotImplementedError

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self.page_of(thing)
        return site_state_of(page) | self.own_site_state(page) if page else None

    def own_site_state(self, page: Any) -> dict[str, Any]:
        raise NotImplementedError
