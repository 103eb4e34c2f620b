"""briefings/NN-<slug>.md, stories/<slug>.md, reports/<slug>.md: pages that stand on a shelf of their own."""

import re
from datetime import date
from typing import Any
from uuid import uuid5

from briefings.blocks import FEWEST_MESSAGES, LONGEST_MESSAGE, MOST_MESSAGES
from briefings.models import (
    MOST_WORDS,
    STORY_KEYS,
    Briefing,
    BriefingIndexPage,
    BriefingPage,
    ReportIndexPage,
    ReportPage,
    Shelf,
    SortedPage,
    StoryIndexPage,
    StoryPage,
    years_after,
)
from briefings.see_also import ADDRESS
from briefings.team_pack import MINUTES, faults_of
from publishing.faults import Fault
from publishing.fields import Fields
from reference.choices import Audience, Topic
from reference.reading import words_of

from .base import Package, Parsed
from .shelves import shelf_of
from .written_page import PageFile, check_page, fill, locale_for, publish, uuid_and_language


class _ShelvedFile(PageFile):
    """What briefings, stories and reports share: audience, topics, and a shelf that is made with the first of them."""

    model: type[SortedPage]
    shelf: type[Shelf]
    audience_unsaid: list[str] = []

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        audience = fields.picked("audience", Audience.values) or self.audience_unsaid
        if not audience:
            fields.fault("audience", "“audience” is missing: say whom it is for.")
        return {"audience": audience, "topics": fields.picked("topics", Topic.values)}

    def own_site_state(self, version: Any) -> dict[str, Any]:
        return {"audience": version.audience, "topics": version.topics}

    def page_of(self, thing: Parsed) -> Any:
        uuid, language = uuid_and_language(thing)
        return self.model.objects.filter(translation_key=uuid, language=language).first()

    def new_page(self, thing: Parsed) -> Any:
        uuid, language = uuid_and_language(thing)
        return self.model(locale=locale_for(language), translation_key=uuid)

    def fill_own(self, page: Any, thing: Parsed) -> None:
        """Put what only this kind says into the page."""

    def write(self, thing: Parsed) -> None:
        _uuid, language = uuid_and_language(thing)
        page = self.page_of(thing) or self.new_page(thing)
        fill(page, thing.state)
        page.audience, page.topics = thing.state["audience"], thing.state["topics"]
        self.fill_own(page, thing)
        publish(page, thing.state, parent=shelf_of(self.shelf, language))


class BriefingFile(_ShelvedFile):
    name = "briefing"
    order = 90
    pattern = re.compile(r"^briefings/(?P<number>\d\d+)-[^/]+\.md$")
    model, shelf = BriefingPage, BriefingIndexPage

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        state = super().own_state(fields, found)
        published, due = fields.day("published", required=True), fields.day("review_due")
        if published and due is None:
            due = years_after(published)
        if published and due and due <= published:
            fields.fault("review_due", "the review comes after the publication.")
        return {
            **state,
            "number": self._number(fields, found),
            "key_messages": self._messages(fields),
            "published_on": published.isoformat() if published else None,
            "review_due_on": due.isoformat() if due else None,
            "supersedes": _number_or_none(fields, "supersedes"),
            "see_also": self._see_also(fields),
            **_team_pack(fields),
        }

    def _number(self, fields: Fields, found: dict[str, str]) -> int:
        number = fields.whole("number", least=1, most=9999)
        if number != int(found.get("number", number)):
            fields.fault("number", f"“number” is {number}, and the file's name says {found['number']}.")
        return number

    def _messages(self, fields: Fields) -> list[str]:
        messages = [" ".join(one.split()) for one in fields.words("key_messages")]
        if not FEWEST_MESSAGES <= len(messages) <= MOST_MESSAGES:
            fields.fault("key_messages", f"a briefing has four to eight key messages, and this one {len(messages)}.")
        for message in messages:
            if len(message) > LONGEST_MESSAGE:
                fields.fault("key_messages", f"a key message is longer than {LONGEST_MESSAGE} characters: {message}")
        return messages

    def _see_also(self, fields: Fields) -> list[str]:
        addresses = fields.words("see_also")
        for address in addresses:
            if not re.fullmatch(ADDRESS, address):
                fields.fault("see_also", f"“{address}” is not an address on this site, such as /films/x/.")
        return addresses

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return [*super().check(thing, package), *_length(thing), *_numbers(thing, package)]

    def page_of(self, thing: Parsed) -> BriefingPage | None:
        uuid, language = uuid_and_language(thing)
        return BriefingPage.objects.filter(briefing__uuid=uuid, language=language).first()

    def new_page(self, thing: Parsed) -> BriefingPage:
        page: BriefingPage = super().new_page(thing)
        page.briefing = Briefing.objects.get_or_create(
            uuid=page.translation_key, defaults={"number": thing.state["number"]}
        )[0]
        return page

    def own_site_state(self, version: BriefingPage) -> dict[str, Any]:
        return {
            **super().own_site_state(version),
            "number": version.briefing.number,
            "key_messages": version.messages,
            "published_on": version.published_on.isoformat(),
            "review_due_on": version.review_due_on.isoformat(),
            "supersedes": version.supersedes.number if version.supersedes else None,
            "see_also": version.see_also,
            "team_agenda": version.team_agenda,
            "team_questions": version.team_questions,
        }

    def fill_own(self, page: BriefingPage, thing: Parsed) -> None:
        state = thing.state
        page.published_on, page.review_due_on = _day(state["published_on"]), _day(state["review_due_on"])
        page.see_also = state["see_also"]
        page.team_agenda, page.team_questions = state["team_agenda"], state["team_questions"]
        page.supersedes = Briefing.objects.get(number=state["supersedes"]) if state["supersedes"] else None
        uuid, _language = uuid_and_language(thing)
        page.key_messages = page.key_messages.stream_block.to_python(
            [
                {"type": "message", "value": message, "id": str(uuid5(uuid, f"message/{place}"))}
                for place, message in enumerate(state["key_messages"], start=1)
            ]
        )


class StoryFile(_ShelvedFile):
    name = "story"
    order = 91
    pattern = re.compile(r"^stories/[^/]+\.md$")
    model, shelf = StoryPage, StoryIndexPage

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        keys = [block["value"]["key"] for block in thing.state["body"] if block["type"] == "section"]
        faults = check_page(thing, package)
        if keys != STORY_KEYS:
            sections = ", ".join(f"{{#{key}}}" for key in STORY_KEYS)
            faults.append(Fault(thing.path, 0, f"a story has three sections, in this order: {sections}."))
        return faults


class ReportFile(_ShelvedFile):
    name = "report"
    order = 92
    pattern = re.compile(r"^reports/[^/]+\.md$")
    model, shelf = ReportPage, ReportIndexPage
    audience_unsaid = [Audience.ALL.value]

    def own_state(self, fields: Fields, found: dict[str, str]) -> dict[str, Any]:
        published, authors = fields.day("published", required=True), fields.words("authors")
        if not authors:
            fields.fault("authors", "“authors” is missing: say who wrote it.")
        return {
            **super().own_state(fields, found),
            "published_on": published.isoformat() if published else None,
            "authors": authors,
        }

    def own_site_state(self, version: ReportPage) -> dict[str, Any]:
        own = {"published_on": version.published_on.isoformat(), "authors": version.authors}
        return {**super().own_site_state(version), **own}

    def fill_own(self, page: ReportPage, thing: Parsed) -> None:
        page.published_on, page.authors = _day(thing.state["published_on"]), thing.state["authors"]


def _team_pack(fields: Fields) -> dict[str, Any]:
    """Its agenda and its questions; both empty where a briefing has no pack."""
    pack = fields.mapping("team_pack", required=False)
    if pack is None:
        return {"team_agenda": [], "team_questions": []}
    agenda = []
    for step in pack.mappings("agenda", required=True):
        agenda.append({"minutes": step.whole("minutes", least=1, most=MINUTES), "what": _one_line(step.text("what"))})
        step.refuse_unknown()
    questions = [_one_line(one) for one in pack.words("questions")]
    for name, sentence in faults_of(agenda, questions).items():
        pack.fault(name.removeprefix("team_"), sentence)
    pack.refuse_unknown()
    return {"team_agenda": agenda, "team_questions": questions}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number_or_none(fields: Fields, name: str) -> int | None:
    return None if fields.get(name) is None else fields.whole(name, least=1, most=9999)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _length(thing: Parsed) -> list[Fault]:
    words = words_of(thing.state["body"])
    too_long = f"a briefing has at most {MOST_WORDS:,} words, and this one {words:,}."
    return [Fault(thing.path, 0, too_long)] if words > MOST_WORDS else []


def _numbers(thing: Parsed, package: Package) -> list[Fault]:
    """A number belongs to one briefing for ever; what is superseded is another briefing, here or on the site."""
    uuid, _language = uuid_and_language(thing)
    number, earlier, faults = thing.state["number"], thing.state["supersedes"], []
    others = [other for other in package.of(thing.kind) if uuid_and_language(other)[0] != uuid]
    on_site = Briefing.objects.filter(number=number).first()
    if any(other.state["number"] == number for other in others) or (on_site and on_site.uuid != uuid):
        faults.append(f"has the number {number}, which is another briefing's; a number is never given again.")
    own = Briefing.objects.filter(uuid=uuid).first()
    if own and own.number != number:
        faults.append(f"has the number {number} and had {own.number}; a number never changes.")
    numbers = {other.state["number"] for other in others}
    if earlier == number:
        faults.append("cannot take its own place (“supersedes”).")
    elif earlier and earlier not in numbers and not Briefing.objects.filter(number=earlier).exists():
        faults.append(f"takes the place of briefing {earlier}, which is nowhere.")
    return [Fault(thing.path, 0, sentence) for sentence in faults]
