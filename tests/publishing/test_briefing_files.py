# ruff: noqa: E501
"""Files of briefings, stories, reports, standing pages and the glossary: loaded once, refused by name and line."""

import re
from datetime import date

import pytest

from assessments.models import Item
from briefings.models import (
    Briefing,
    BriefingIndexPage,
    BriefingPage,
    ReportIndexPage,
    ReportPage,
    StoryIndexPage,
    StoryPage,
)
from courses.models import LessonPage
from home.models import StandardPage
from publishing.faults import BadContent
from publishing.loader import Verdict, load
from publishing.models import LoadedFile
from reference.models import GlossaryTerm, Source
from tests.briefings.samples import (
    BRIEFING,
    BRIEFING_UUID,
    GLOSSARY,
    MESSAGES,
    REPORT,
    STORY,
    SUCCESSOR,
    SUCCESSOR_UUID,
    briefing_file,
    page_file,
    small_shelf,
)
from tests.publishing.parcel import ITEM, ITEM_UUID, SOURCES, changed, loaded, parcel

pytestmark = pytest.mark.django_db


def shelf() -> dict[str, str]:
    """The small course with its front page, and the small shelf beside it."""
    return {**parcel(), **small_shelf()}


def with_(path: str, old: str, new: str) -> dict[str, str]:
    texts = shelf()
    assert texts[path].count(old) == 1, f"{old!r} stands {texts[path].count(old)} times in {path}"
    return {**texts, path: texts[path].replace(old, new)}


def briefing(number: int = 91) -> BriefingPage:
    return BriefingPage.objects.get(briefing__number=number)


def test_a_briefing_comes_with_everything_its_file_says():
    loaded(shelf())

    page = briefing()

    assert (page.url, page.live, str(page.briefing.uuid), str(page.translation_key)) == (
        "/briefings/handovers/", True, BRIEFING_UUID, BRIEFING_UUID,
    )  # fmt: skip
    assert (page.messages, page.audience, page.topics) == (MESSAGES, ["managers", "boards"], ["taking-part"])
    assert (page.published_on, page.review_due_on) == (date(2026, 11, 25), date(2028, 11, 25))
    assert (page.supersedes, page.see_also) == (None, ["/glossary/"])
    assert briefing(92).supersedes == page.briefing
    assert page.successor == briefing(92)


def test_the_shelves_are_made_with_the_first_page_on_them_and_only_once():
    loaded(shelf())

    shelves = [kind.objects.get() for kind in (BriefingIndexPage, StoryIndexPage, ReportIndexPage)]

    assert [(one.url, one.title, bool(one.lead)) for one in shelves] == [
        ("/briefings/", "At a Glance", True),
        ("/stories/", "Good practice, and what made it possible", True),
        ("/reports/", "Reports", True),
    ]


def test_a_story_a_report_and_a_term_come_with_what_their_files_say():
    loaded(shelf())

    story, report, term = StoryPage.objects.get(), ReportPage.objects.get(), GlossaryTerm.objects.get()

    assert (story.url, [heading for _key, heading in story.sections]) == (
        "/stories/the-second-call/",
        ["She rang a second time", "A list on the wall", "Fridays"],
    )
    assert (report.url, report.authors, report.audience) == (
        "/reports/a-short-sample/",
        ["Learning Together project"],
        ["all"],
    )
    assert (term.terms, term.meanings, term.see) == (
        {"en": "Handover"},
        {"en": "What one shift tells the next."},
        [],
    )


def test_loading_twice_changes_nothing():
    loaded(shelf())

    again = load(shelf())

    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}


def test_a_changed_key_message_changes_the_page_and_keeps_the_others_identifiers():
    loaded(shelf())
    before = [block["id"] for block in briefing().key_messages.raw_data]

    report = load(with_(BRIEFING, f"  - {MESSAGES[1]}\n", "  - Another message.\n"))

    assert [thing.path for thing in report.of(Verdict.UPDATE)] == [BRIEFING]
    assert briefing().messages == [MESSAGES[0], "Another message.", *MESSAGES[2:]]
    assert [block["id"] for block in briefing().key_messages.raw_data] == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("audience", ["boards"]),
        ("topics", []),
        ("key_messages", [("message", f"Message {number}.") for number in range(4)]),
        ("review_due_on", date(2030, 1, 1)),
        ("see_also", []),
    ],
)
def test_a_draft_an_editor_made_is_left_alone_and_reported(field, value):
    loaded(shelf())
    page = briefing()
    setattr(page, field, value)
    page.save_revision()

    report = load(shelf())

    assert [thing.path for thing in report.of(Verdict.LEAVE)] == [BRIEFING]


def test_a_translation_shares_its_number():
    texts = shelf()
    texts["pages/home.cy.md"] = texts["pages/home.md"].replace("title: Front", "title: Blaen")
    texts["briefings/91-handovers.cy.md"] = texts[BRIEFING].replace("title: What a handover", "title: Beth mae")

    loaded(texts)

    pages = BriefingPage.objects.filter(briefing__number=91).order_by("language")
    assert [(page.language, page.url) for page in pages] == [
        ("cy", "/cy/briefings/handovers/"),
        ("en", "/briefings/handovers/"),
    ]
    assert BriefingIndexPage.objects.values("translation_key").distinct().count() == 1


def test_a_standing_page_gets_the_kind_its_name_says():
    texts = shelf()
    for number, stem in enumerate(("resources", "for-directors", "accessibility"), start=95):
        uuid = f"00000000-0000-4000-8000-{number:012}"
        texts[f"pages/{stem}.md"] = page_file(uuid, stem, stem.title(), "", "A paragraph.\n")

    loaded(texts)
    again = load(texts)

    assert {page.url: page.kind for page in StandardPage.objects.all()} == {
        "/resources/": "resources",
        "/for-directors/": "for_directors",
        "/accessibility/": "text",
    }
    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}


def test_a_review_day_left_out_is_two_years_after_the_publication():
    load(with_(BRIEFING, "review_due: 2028-11-25", "review_due:"))

    assert briefing().review_due_on == date(2028, 11, 25)


BAD = [
    (BRIEFING, "audience: [managers, boards]", "audience: []", "“audience” is missing: say whom it is for."),
    (BRIEFING, "audience: [managers, boards]", "audience: [bosses]", "line 14: “bosses” is not one of “audience”"),
    (BRIEFING, "topics: [taking-part]", "topics: [weather]", "line 15: “weather” is not one of “topics”"),
    (BRIEFING, f"  - {MESSAGES[3]}\n", "", "line 16: a briefing has four to eight key messages, and this one 3."),
    (BRIEFING, MESSAGES[3], "x" * 251, "line 16: a key message is longer than 250 characters"),
    (BRIEFING, "review_due: 2028-11-25", "review_due: 2026-11-25", "line 22: the review comes after the publication."),
    (BRIEFING, "published: 2026-11-25", "published:", "line 21: “published” must be a date such as 2026-11-22."),
    (BRIEFING, "number: 91", "number: 90", "line 13: “number” is 90, and the file's name says 91."),
    (BRIEFING, "  - /glossary/", "  - https://example.org/", "line 24: “https://example.org/” is not an address on this site"),
    (BRIEFING, "What is told", "word " * 1400 + "What is told", "a briefing has at most 1,400 words, and this one 1,4"),
    (BRIEFING, "/glossary/sample-handover/", "/glossary/lost/", "links to the glossary's “lost”, which is no term."),
    (SUCCESSOR, "supersedes: 91", "supersedes: 7", "takes the place of briefing 7, which is nowhere."),
    (SUCCESSOR, "supersedes: 91", "supersedes: 92", "cannot take its own place (“supersedes”)."),
    (SUCCESSOR, "supersedes: 91", "supersedes: soon", "“supersedes” must be a whole number from 1 to 9999."),
    (STORY, "{#what-changed}", "{#what-came}", "a story has three sections, in this order: {#what-was-done}, {#what-made-it-possible}, {#what-changed}."),
    (REPORT, "authors: [Learning Together project]", "authors: []", "line 16: “authors” is missing: say who wrote it."),
    (GLOSSARY, "see: []", "see: [lost]", "“sample-handover” says see “lost”, which is no term."),
    (GLOSSARY, "see: []", "sources: [atlas]", "names the source “atlas”, which is nowhere."),
    (GLOSSARY, "meaning: What one shift tells the next.", "meaning:", "“meaning” is missing or is not text."),
    (GLOSSARY, "  see: []\n", "  see: []\n- key: sample-handover\n  en: {term: Again, meaning: Again.}\n", "the term “sample-handover” stands here twice."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "sentence"), BAD, ids=lambda value: str(value)[:28])
def test_a_bad_file_is_refused_by_name_and_line_and_changes_nothing(path, old, new, sentence):
    texts = with_(path, old, new)

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert any(fault.path == path and sentence in str(fault) for fault in refused.value.faults), str(refused.value)
    assert (LoadedFile.objects.count(), Briefing.objects.count()) == (0, 0)


def test_a_number_that_was_another_briefings_is_never_given_again():
    loaded(shelf())
    other = "00000000-0000-4000-8000-0000000000ff"

    with pytest.raises(BadContent) as refused:
        load({"briefings/91-other.md": briefing_file(other, 91, "other", "Other")})

    assert [fault.sentence for fault in refused.value.faults] == [
        "has the number 91, which is another briefing's; a number is never given again."
    ]


def test_two_files_of_one_number_are_refused():
    other = "00000000-0000-4000-8000-0000000000ff"
    texts = {**shelf(), "briefings/91-other.md": briefing_file(other, 91, "other", "Other")}

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert {fault.path for fault in refused.value.faults} == {BRIEFING, "briefings/91-other.md"}


def test_a_number_never_changes():
    loaded(shelf())

    with pytest.raises(BadContent) as refused:
        load({"briefings/93-again.md": briefing_file(SUCCESSOR_UUID, 93, "handovers-again", "Again")})

    assert [fault.sentence for fault in refused.value.faults] == [
        "has the number 93 and had 92; a number never changes."
    ]


def test_a_source_comes_with_everything_its_file_says():
    loaded(parcel())

    found = Source.objects.values("title", "authors", "publisher", "year", "published", "nation", "checked_on", "ours")

    assert list(found) == [
        {
            "title": "A guide", "authors": ["Ann Author"], "publisher": "Somebody", "year": 2008,
            "published": "October 2008", "nation": "england", "checked_on": date(2026, 11, 22), "ours": False,
        }
    ]  # fmt: skip


def test_a_question_keeps_what_it_cites_and_a_change_of_that_alone_makes_no_new_version():
    loaded(parcel())
    version = Item.objects.get(uuid=ITEM_UUID).current
    before = [source.key for source in version.sources.all()]

    report = load(changed(ITEM, "sources: [guide]", "sources: []"))

    assert [thing.path for thing in report.of(Verdict.UPDATE)] == [ITEM]
    assert (before, Item.objects.get(uuid=ITEM_UUID).current, version.sources.count()) == (["guide"], version, 0)


def test_what_was_loaded_before_sources_said_more_takes_the_files_words():
    """As the migration 0002_compare_sources_anew leaves it: the loader's memory of sources and questions is empty."""
    loaded(parcel())
    Source.objects.update(authors=[], nation="uk")
    LoadedFile.objects.filter(kind__in=["source", "item"]).update(file_digest="", site_digest="")

    report = load(parcel())

    assert [thing.path for thing in report.of(Verdict.UPDATE)] == [SOURCES]
    assert Source.objects.get().authors == ["Ann Author"]


def test_an_address_on_the_site_is_kept_as_it_was_written():
    load(changed("courses/small/m1/01-first.md", "https://example.org/a?b=1&c=2", "/briefings/?topic=law#top"))

    stored = str(LessonPage.objects.get().body.raw_data)
    assert re.findall(r'href="([^"]+)"', stored) == ["/briefings/?topic=law#top"]
