"""Shelves with briefings, stories and reports; glossary terms and sources."""

from datetime import date
from typing import Any

from briefings.models import (
    Briefing,
    BriefingIndexPage,
    BriefingPage,
    ReportIndexPage,
    ReportPage,
    Shelf,
    StoryIndexPage,
    StoryPage,
)
from reference.models import GlossaryTerm, LegalStatement, Source
from tests.factories.courses import front_page

MESSAGES = ["Ask why first.", "Good work counts.", "Reminders leave things as they are.", "End with questions."]
TEAM_PACK = {
    "team_agenda": [
        {"minutes": 5, "what": "Read the key messages."},
        {"minutes": 12, "what": "Talk about the questions."},
        {"minutes": 3, "what": "Choose one thing."},
    ],
    "team_questions": ["What helps us?", "What hinders us?", "Whom could we ask?"],
}
SLUGS = {BriefingIndexPage: "briefings", StoryIndexPage: "stories", ReportIndexPage: "reports"}


def shelf(kind: type[Shelf]) -> Any:
    """The English shelf of a kind, at its usual address; made once."""
    if there := kind.objects.filter(locale__language_code="en").first():
        return there
    made = front_page().add_child(instance=kind(title=SLUGS[kind].title(), slug=SLUGS[kind], lead="What stands here."))
    return kind.objects.get(pk=made.pk)


def source(key: str, **fields: Any) -> Source:
    """A work by nobody known, of no known year, that is not ours."""
    return Source.objects.create(key=key, **{"title": f"Work {key}", "publisher": "A publisher", **fields})


def term(key: str, *, en: str, cy: str = "", meaning: str = "What it means.", **fields: Any) -> GlossaryTerm:
    """A term in English, and in Welsh if a Welsh word is given; its Welsh meaning is “Ystyr.”"""
    terms, meanings = {"en": en}, {"en": meaning}
    if cy:
        terms["cy"], meanings["cy"] = cy, "Ystyr."
    return GlossaryTerm.objects.create(key=key, terms=terms, meanings=meanings, **fields)


def legal_statement(key: str, of: Source | None = None, **fields: Any) -> LegalStatement:
    """What the law of Wales says since October 2024, checked by nobody, from a work of its own."""
    given = {"nation": "wales", "texts": {"en": f"The law of {key}."}, "valid_from": date(2024, 10, 1), **fields}
    return LegalStatement.objects.create(key=key, source=of or source(f"{key}-source"), **given)


def section(key: str, heading: str, *texts: str) -> list[dict[str, Any]]:
    """The blocks of one section; each text is HTML."""
    head = {"type": "section", "value": {"heading": heading, "key": key}}
    return [head, *({"type": "text", "value": text} for text in texts)]


def briefing_page(number: int, **fields: Any) -> BriefingPage:
    """A published briefing for everyone, on nothing in particular, to be looked at again in 2028."""
    briefing = Briefing.objects.get_or_create(number=number)[0]
    page = BriefingPage(
        briefing=briefing,
        **{
            "title": f"Briefing about {number}",
            "slug": f"about-{number}",
            "lead": f"The lead of {number}.",
            "key_messages": [{"type": "message", "value": message} for message in MESSAGES],
            "body": section("start", "Where it starts", f"<p>Words of {number} here.</p>"),
            "audience": ["all"],
            "published_on": date(2026, 11, 25),
            "review_due_on": date(2028, 11, 25),
            "drafted_by": "The project",
            "drafted_on": date(2026, 11, 25),
            **fields,
        },
    )
    return _published(page, BriefingIndexPage)


def story_page(slug: str, **fields: Any) -> StoryPage:
    """A published story for everyone in its three sections."""
    body = [
        *section("what-was-done", "She rang", "<p>She rang an interpreter.</p>"),
        *section("what-made-it-possible", "The handset", "<p>It hung on the wall.</p>"),
        *section("what-changed", "The mould", "<p>Somebody came on Thursday.</p>"),
    ]
    page = StoryPage(title=f"Story {slug}", slug=slug, **{"body": body, "audience": ["all"], **fields})
    return _published(page, StoryIndexPage)


def report_page(slug: str = "guide", **fields: Any) -> ReportPage:
    """A published report of two chapters by the project, for everyone."""
    body = [*section("why", "Why", "<p>Because.</p>"), *section("how", "How", "<p>Like this.</p>")]
    given = {
        "body": body,
        "audience": ["all"],
        "authors": ["Learning Together project"],
        "published_on": date(2026, 11, 25),
    }
    return _published(
        ReportPage(title=f"Report {slug}", slug=slug, lead="A lead.", **{**given, **fields}), ReportIndexPage
    )


def _published(page: Any, kind: type[Shelf]) -> Any:
    shelf(kind).add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
