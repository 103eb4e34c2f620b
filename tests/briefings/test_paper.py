"""A briefing on paper: a tagged PDF on two to four sheets that says what the page says, drawn once and kept."""

import io
from datetime import date

import page as validator
import pypdf
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import Locale

from briefings.models import BriefingPage
from briefings.paper import open_paper, paper_of
from briefings.paper.runs import blocks_of
from tests.factories import MESSAGES, briefing_page, section, source, term

PROSE = (
    "A review that looks for the reason behind an act asks what the person saw, wanted and faced on that day, and "
    "then what in the work around them made the act likely. It reads the record from the front. "
)
WORDS = len(PROSE.split())


def long_body(words: int) -> list[dict]:
    """So many words under eight headings, with a list, a key point and a quotation among them."""
    share = "".join(f"<p>{PROSE}</p>" for _repeat in range(round(words / 8 / WORDS)))
    body = [block for number in range(8) for block in section(f"part-{number}", f"Part {number}", share)]
    marked = '<p>With <b>strong</b>, <i>soft</i> and <a href="https://example.org/a?b=1">linked</a> words.</p>'
    body += [
        {"type": "text", "value": f"{marked}<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>"},
        {"type": "key_point", "value": {"text": "<p>One idea.</p>"}},
        {"type": "quotation", "value": {"text": "<p>I knew.</p>", "speaker": "A nurse, invented"}},
    ]
    return body


def sheets(briefing: BriefingPage) -> pypdf.PdfReader:
    with open_paper(paper_of(briefing)) as file:
        return pypdf.PdfReader(io.BytesIO(file.read()))


def said(briefing: BriefingPage) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets(briefing).pages).split())


@pytest.mark.django_db
@pytest.mark.parametrize("words", [900, 1400])
def test_briefing_of_usual_length_takes_two_to_four_accessible_sheets(words: int) -> None:
    body = long_body(words - 60)
    for number in range(8):
        term(f"word-{number}", en=f"Word {number}", meaning="What it means here, which is not what it means elsewhere.")
        body.append({"type": "text", "value": f'<p>See <a href="/glossary/word-{number}/">it</a>.</p>'})
    briefing = briefing_page(4, body=body, content_notice=1, content_topics=["serious harm"])
    briefing.sources = [source(f"work-{number}", url="https://example.org/") for number in range(6)]
    briefing.save()

    with open_paper(paper_of(briefing)) as file:
        pdf = file.read()

    for profile in ("ua1", "2a"):
        report = validator.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert 2 <= len(pages) <= 4
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pages} == {(595, 842)}


@pytest.mark.django_db
def test_paper_says_what_the_page_says_in_its_order() -> None:
    term("tunnel", en="View from the tunnel", meaning="An account from inside.")
    linked = '<p>Take a <a href="/glossary/tunnel/">view</a>.</p>'
    briefing = briefing_page(4, body=section("start", "Where it starts", linked), audience=["boards"])
    briefing.sources = [source("guide", title="The Guide", authors=["Ann", "Bob"], year=2008)]
    briefing.save()

    text = said(briefing)

    order = [
        "At a Glance briefing 04", "Boards · November 2026", "Briefing about 4", "The lead of 4.", "Key messages",
        *MESSAGES, "Where it starts", "Take a view.", "View from the tunnel: An account from inside.",
        "The Guide. Ann and Bob, A publisher, 2008.", "We look at this briefing again by 25 November 2028.",
        "Drafted from public sources by The project on 25 November 2026; not yet checked by a practitioner.",
        "Not affiliated with or endorsed by",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "http://testserver/briefings/4/" in text


@pytest.mark.django_db
def test_paper_says_what_a_page_holds_that_may_distress() -> None:
    briefing = briefing_page(4, content_notice=1, content_topics=["serious harm", "alcohol"])

    assert "This briefing mentions harm. It touches on: serious harm, alcohol." in said(briefing)


@pytest.mark.django_db
def test_paper_of_a_replaced_briefing_says_by_which() -> None:
    first = briefing_page(1)
    before = said(first)
    briefing_page(2, supersedes=first.briefing)

    after = said(BriefingPage.objects.get(pk=first.pk))

    words = "Briefing 02 has taken the place of this one."
    assert (words in before, words in after) == (False, True)


@pytest.mark.django_db
def test_welsh_paper_is_marked_as_welsh() -> None:
    briefing = briefing_page(1)
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    for one in (briefing.get_site().root_page.specific, briefing.get_parent().specific, briefing):
        one.copy_for_translation(welsh).save_revision().publish()

    reader = sheets(BriefingPage.objects.get(language="cy"))

    assert str(reader.trailer["/Root"]["/Lang"]).startswith("cy")


@pytest.mark.django_db
def test_words_that_look_like_markup_are_printed_as_written() -> None:
    hostile = '#panic("no") $a$ *b* <label> @ref {{ 7 }}'
    briefing = briefing_page(1, title=hostile, lead=hostile)

    assert said(briefing).count(hostile) == 2


@pytest.mark.django_db
def test_paper_is_drawn_once_for_a_wording_and_anew_for_the_next() -> None:
    briefing = briefing_page(1)
    first, again = paper_of(briefing), paper_of(BriefingPage.objects.get(pk=briefing.pk))
    drawn_at = default_storage.get_modified_time(first.name)

    briefing.lead = "Other words."
    briefing.save_revision().publish()
    changed = paper_of(BriefingPage.objects.get(pk=briefing.pk))

    assert first == again
    assert (default_storage.exists(changed.name), default_storage.get_modified_time(changed.name) > drawn_at) == (
        True,
        True,
    )
    assert default_storage.exists(first.name) is False


@pytest.mark.django_db
def test_paper_thrown_away_is_drawn_again_to_the_same_bytes(client: Client) -> None:
    briefing = briefing_page(1)
    before = b"".join(client.get("/briefings/1.pdf").streaming_content)

    default_storage.delete(paper_of(briefing).name)

    assert b"".join(client.get("/briefings/1.pdf").streaming_content) == before


@pytest.mark.django_db
def test_paper_of_one_briefing_leaves_those_of_others_alone() -> None:
    kept = paper_of(briefing_page(1))

    paper_of(briefing_page(11))

    assert default_storage.exists(kept.name)


@pytest.mark.django_db
def test_text_in_letters_no_font_has_costs_the_paper_and_not_the_page(client: Client) -> None:
    briefing = briefing_page(1, title="李明", published_on=date(2026, 11, 25))

    page = client.get(briefing.url)

    assert (page.status_code, ".pdf" in page.content.decode()) == (200, False)
    assert client.get("/briefings/1.pdf").status_code == 404


def run(text: str, *, strong: bool = False, emph: bool = False, href: str = "") -> dict:
    return {"text": text, "strong": strong, "emph": emph, "href": href}


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", [
            {"kind": "paragraph", "runs": [run("One.")]}, {"kind": "paragraph", "runs": [run("Two & three.")]},
        ]),
        ("<p>A <b>b <i>c</i></b> d</p>", [{"kind": "paragraph", "runs": [
            run("A "), run("b ", strong=True), run("c", strong=True, emph=True), run(" d"),
        ]}]),
        ('<p><a href="/x/">here</a> <a href="https://a.org/">there</a></p>', [{"kind": "paragraph", "runs": [
            run("here", href="https://us.org/x/"), run(" "), run("there", href="https://a.org/"),
        ]}]),
        ("<ol><li>one</li><li><b>two</b></li></ol>", [
            {"kind": "list", "ordered": True, "items": [[run("one")], [run("two", strong=True)]]},
        ]),
        ("bare", [{"kind": "paragraph", "runs": [run("bare")]}]),
        ("<p>a<br>b</p>", [{"kind": "paragraph", "runs": [run("a"), run(" "), run("b")]}]),
        ("<p></p> <ul></ul>", []),
    ],
)  # fmt: skip
def test_rich_text_becomes_runs_a_layout_can_set(html: str, blocks: list[dict]) -> None:
    assert blocks_of(html, site_url="https://us.org") == blocks
