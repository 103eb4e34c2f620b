"""All that a briefing's PDF says, as data for the layout. The same page gives the same facts."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from toolkit.days import site_day
from toolkit.threads import PAPER_COLOURS, Paper, across, draw
from toolkit.typesetting import printable
from wagtail.rich_text import expand_db_html

from reference.choices import ContentNotice
from reference.law import statement_shown
from reference.models import Source

from .runs import Block, blocks_of

if TYPE_CHECKING:
    from briefings.models import BriefingPage

COVER = (560.0, 96.0)
COVER_PAPER = Paper(
    far_width=1.6, near_width=3.2, dash_unit=0.64, bead_radius=5, bead_width=2.4, frame_width=1.4, strength=0.6,
    ground="#fbf8f1", colours=PAPER_COLOURS,
)  # fmt: skip


def facts_of(page: "BriefingPage") -> dict[str, Any]:
    """Words in the page's language, whatever the language of whoever asks."""
    with translation.override(page.language):
        return _facts(page)


def _facts(page: "BriefingPage") -> dict[str, Any]:
    number = page.briefing.shown_number
    return {
        "language": page.language,
        "brand": printable(settings.BRAND_NAME),
        "number": number,
        "series": _("At a Glance briefing %(number)s") % {"number": number},
        "title": printable(page.title),
        "lead": printable(page.lead),
        "about": " · ".join([page.audience_in_words, formats.date_format(page.published_on, "F Y")]),
        "notice": _notice(page),
        "messages_heading": _("Key messages"),
        "messages": [printable(message) for message in page.messages],
        "body": [block for part in page.parts for block in _part(part)],
        "words_heading": _("Words in this briefing"),
        "words": [{"term": printable(term.term), "meaning": printable(term.meaning)} for term in page.terms],
        "sources_heading": _("Sources"),
        "sources": [_source(source) for source in page.sources.all()],
        "notes": [printable(note) for note in _notes(page) if note],
        "address": settings.SITE_URL + reverse("briefing", args=[page.briefing.number]),
        "page_of": _("Page {page} of {count}"),
        "cover": _cover(page),
    }


def _cover(page: "BriefingPage") -> str:
    width, height = COVER
    picture = across(page.cover_seed, windows=2 + page.cover_windows, width=width, height=height)
    return draw(picture, name="cover", paper=COVER_PAPER)


def _part(part: Any) -> list[Block]:
    heading: list[Block] = [{"kind": "heading", "text": printable(part.heading)}] if part.heading else []
    return heading + [block for one in part.blocks for block in _block(one)]


def _block(block: Any) -> list[Block]:
    if block.block_type == "text":
        return _rich(block.value)
    if block.block_type == "legal_statement":
        return [{"kind": "key_point", "blocks": _law(block.value["key"])}]
    inner: Block = {"kind": block.block_type, "blocks": _rich(block.value["text"])}
    return [inner | {"speaker": printable(block.value["speaker"])} if block.block_type == "quotation" else inner]


def _law(key: str) -> list[Block]:
    """A legal statement as it stands today, a paragraph for each thing that is said of it."""
    law = statement_shown(key, get_language() or "en", site_day())
    if law is None:
        return [_paragraph(key)]
    head = _("The law: %(nation)s") % {"nation": law.nation}
    said = " ".join(one for one in (law.days, law.check, law.overdue) if one)
    return [_paragraph(one, strong=one is head) for one in (head, law.warning, law.text, said) if one]


def _paragraph(words: str, *, strong: bool = False) -> Block:
    return {"kind": "paragraph", "runs": [{"text": printable(words), "strong": strong, "emph": False, "href": ""}]}


def _rich(value: Any) -> list[Block]:
    return blocks_of(expand_db_html(value.source), site_url=settings.SITE_URL)


def _source(source: Source) -> dict[str, str]:
    facts = [source.authors_in_words, source.publisher, source.dated]
    return {"title": printable(source.title), "facts": printable(", ".join(one for one in facts if one)),
            "url": source.url}  # fmt: skip


def _notice(page: "BriefingPage") -> str:
    """What it holds that may distress, before it is read; empty if nothing."""
    topics = {"topics": ", ".join(page.content_topics)}
    if page.content_notice == ContentNotice.MENTIONS:
        return _("This briefing mentions harm. It touches on: %(topics)s.") % topics
    return _("This briefing describes harm or distress: %(topics)s.") % topics if page.content_notice else ""


def _notes(page: "BriefingPage") -> list[str]:
    """What a reader of the paper alone must know: whether it still stands, who wrote it, who checked it."""
    drafted = {"who": page.drafted_by, "day": _day(page.drafted_on)}
    return [
        _("Briefing %(number)s has taken the place of this one.") % {"number": page.successor.briefing.shown_number}
        if page.successor
        else "",
        _("We look at this briefing again by %(day)s. After that day, see the page for whether it still stands.")
        % {"day": _day(page.review_due_on)},
        _("Drafted by %(who)s on %(day)s. Checked by %(checker)s on %(checked)s.")
        % {**drafted, "checker": page.checked_by, "checked": _day(page.checked_on)}
        if page.is_checked
        else _("Drafted from public sources by %(who)s on %(day)s; not yet checked by a practitioner.") % drafted,
        _("The words may be shared and adapted under Creative Commons Attribution 4.0."),
        str(settings.BRAND_NOTICE),
    ]


def _day(day: date | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""
