"""What a reader sees of briefings, stories and reports."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from briefings.models import BriefingIndexPage, ReportIndexPage, StoryIndexPage
from tests.factories import MESSAGES, briefing_page, report_page, section, shelf, source, story_page, taught_course

pytestmark = pytest.mark.django_db


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_briefing_opens_with_its_key_messages_before_any_section(client: Client) -> None:
    page = get(client, briefing_page(4, audience=["reviewers"]).url)

    order = [
        page.index(words) for words in ("At a Glance briefing 04", "<h1>Briefing about 4", *MESSAGES, "Where it starts")
    ]
    assert order == sorted(order)
    assert "Lead reviewers · November 2026 · 1 minute" in text_of(page)


def test_briefing_within_its_time_and_without_a_successor_has_no_banner(client: Client) -> None:
    page = get(client, briefing_page(1, review_due_on=date(2126, 1, 1)).url)

    assert "standing" not in page
    assert "To be looked at again by 1 January 2126." in page


def test_briefing_past_its_review_day_says_so(client: Client) -> None:
    address = briefing_page(1, review_due_on=date(2028, 11, 25)).url

    with time_machine.travel("2028-11-26T12:00:00Z"):
        page = text_of(get(client, address))

    assert "This briefing is due to be looked at again That was to be by 25 November 2028." in page


def test_replaced_briefing_keeps_its_page_and_leads_to_its_successor(client: Client) -> None:
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)

    page = get(client, first.url)

    assert "Another briefing has taken the place of this one" in page
    assert 'Read briefing 02 instead: <a href="/briefings/about-2/">Briefing about 2</a>' in page


def test_briefing_links_to_what_is_there_and_leaves_out_what_is_not(client: Client) -> None:
    taught_course()
    address = briefing_page(1, see_also=["/foundation/m1/lesson-1/", "/films/not-yet/", "/foundation/"]).url

    page = get(client, address)

    found = re.findall(r'<li><a href="([^"]+)">([^<]+)<small>([^<]+)</small>', page)
    assert found == [
        ("/foundation/m1/lesson-1/", "Lesson 1", "Lesson"),
        ("/foundation/", "Course foundation", "Course page"),
    ]


def test_briefing_offers_its_pdf_with_its_size(client: Client) -> None:
    page = get(client, briefing_page(4).url)

    size = len(b"".join(client.get("/briefings/4.pdf").streaming_content))
    assert f'<a href="/briefings/4.pdf">PDF, {round(size / 1000)} KB</a>' in page


def test_shelf_shows_briefings_by_number_with_how_many_there_are(client: Client) -> None:
    for number in (3, 1, 2):
        briefing_page(number)

    page = get(client, "/briefings/")

    assert re.findall(r'<span class="num" aria-hidden="true">(\d+)</span>', page) == ["01", "02", "03"]
    assert "All 3 briefings" in page


def test_shelf_narrowed_shows_its_part_and_the_way_back(client: Client) -> None:
    briefing_page(1, audience=["boards"])
    briefing_page(2, audience=["reviewers"])

    page = get(client, "/briefings/?audience=boards")

    assert re.findall(r'aria-hidden="true">(\d+)</span>', page) == ["01"]
    assert "1 of 2 briefings. Show all" in text_of(page)
    assert re.findall(r'<a href="[^"]*" aria-current="true">([^<]+) ', page) == ["Boards", "Any topic"]


def test_shelf_that_nothing_is_left_on_says_so(client: Client) -> None:
    briefing_page(1, audience=["boards"], topics=["law"])
    briefing_page(2, audience=["reviewers"], topics=["hindsight"])

    assert "No briefing is for this reader and about this topic." in get(
        client, "/briefings/?audience=boards&topic=hindsight"
    )


def test_replaced_briefing_stands_apart_from_the_shelf(client: Client) -> None:
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)

    page = get(client, "/briefings/")

    assert re.findall(r'aria-hidden="true">(\d+)</span>', page) == ["02"]
    assert '<li>01 <a href="/briefings/about-1/">Briefing about 1</a></li>' in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BriefingIndexPage, "The first briefing is still being written."),
        (StoryIndexPage, "The first story is still being written."),
        (ReportIndexPage, "The first report is still being written."),
    ],
)
def test_empty_shelf_says_so(client: Client, kind: type, words: str) -> None:
    assert words in get(client, shelf(kind).url)


MAKERS = {
    "/briefings/": briefing_page,
    "/stories/": lambda number: story_page(f"story-{number}"),
    "/reports/": lambda number: report_page(f"report-{number}"),
}


@pytest.mark.parametrize("address", MAKERS)
def test_shelf_of_one_and_of_three_cost_the_same(client: Client, address: str) -> None:
    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    MAKERS[address](1)
    with_one = queries()
    MAKERS[address](2)
    MAKERS[address](3)

    assert queries() == with_one


def test_story_tells_its_three_steps_by_name(client: Client) -> None:
    page = get(client, story_page("second-call").url)

    steps = re.findall(
        r'<section class="step" aria-labelledby="([\w-]+)">\s*<p class="eyebrow">\s*([^<]+?)\s*</p>', page
    )
    assert steps == [
        ("what-was-done", "What was done"),
        ("what-made-it-possible", "What made it possible"),
        ("what-changed", "What changed"),
    ]


@override_settings(SITE_URL="https://learning.example.org")
def test_report_has_numbered_chapters_and_says_how_to_cite_it(client: Client) -> None:
    page = get(client, report_page(authors=["Ann", "Bob"]).url)

    assert re.findall(r'<span class="chapter">(\d)</span> (\w+)', page) == [("1", "Why"), ("2", "How")]
    assert re.findall(r'<a href="#(\w+)">(\d)\. (\w+)</a>', page)[:2] == [("why", "1", "Why"), ("how", "2", "How")]
    cite = page[page.index('<p class="cite">') :]
    assert text_of(cite[: cite.index("</p>")]) == (
        "Ann and Bob (2026). Report guide . Learning Together. https://learning.example.org/reports/guide/"
    )


def test_shelf_of_reports_has_the_catalogue_of_works_that_are_not_ours(client: Client) -> None:
    report = report_page()
    report.sources = [source("scie", title="Report 19", year=2008), source("ours", title="Our notes", ours=True)]
    report.save_revision().publish()

    page = get(client, "/reports/")

    catalogue = page[page.index('id="not-ours"') :]
    assert "Report 19" in catalogue
    assert 'class="state">Not ours</span>' in catalogue
    assert "Our notes" not in page


def test_page_made_up_by_us_does_not_claim_public_sources(client: Client) -> None:
    page = get(client, story_page("second-call", drafted_by="The project", drafted_on=date(2026, 11, 25)).url)

    assert "Drafted by The project on 25 November 2026; not yet checked by a practitioner." in page


def test_notice_stands_before_the_key_messages(client: Client) -> None:
    address = briefing_page(
        1, content_notice=1, content_topics=["serious harm"], body=section("a", "A", "<p>x</p>")
    ).url

    page = get(client, address)

    assert page.index("It touches on: serious harm. You can stop at any time.") < page.index("Key messages</h2>")
