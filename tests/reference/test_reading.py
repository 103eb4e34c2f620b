"""The reading list: every work under its nation, and where it is cited."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reference.models import Source, in_a_row
from tests.factories import briefing_page, source, taught_course

pytestmark = pytest.mark.django_db


def test_list_stands_by_nation_in_the_order_of_nations(client: Client) -> None:
    source("wales", nation="wales", title="Welsh guidance")
    source("england", nation="england", title="English guidance")
    source("model", nation="uk", title="The model")

    page = client.get("/reading/").content.decode()

    assert re.findall(r'<h2 id="(\w+)">|<h3>([^<]+)</h3>', page) == [
        ("uk", ""), ("", "The model"),
        ("england", ""), ("", "English guidance"),
        ("wales", ""), ("", "Welsh guidance"),
    ]  # fmt: skip


def test_entry_says_all_that_is_known_of_the_work(client: Client) -> None:
    source(
        "guide", title="The Guide", authors=["Ann", "Bob"], publisher="Press", year=2008, published="October 2008",
        url="https://example.org/guide", checked_on="2026-11-22", note="The short one.",
    )  # fmt: skip

    page = client.get("/reading/").content.decode()

    assert '<h3><a href="https://example.org/guide" rel="external">The Guide</a></h3>' in page
    for said in ("Ann and Bob. Press, October 2008.", "The short one.", "Checked on 22 November 2026."):
        assert said in page


def test_entry_says_what_is_not_known_and_never_invents_it(client: Client) -> None:
    source("page", title="A page", publisher="Press")

    page = client.get("/reading/").content.decode()

    for said in ("Press. No date found.", "Not checked against the work itself yet.", "Not cited at present."):
        assert said in page


def test_our_own_work_is_marked_and_nobody_elses(client: Client) -> None:
    source("ours", ours=True)
    source("theirs")

    page = client.get("/reading/").content.decode()

    assert page.count("Our own work") == 1


def test_entry_says_where_it_is_cited_by_pages_and_quizzes(client: Client) -> None:
    taught = taught_course()
    guide = source("guide")
    page = taught.lessons[0]
    page.sources = [guide]
    page.save_revision().publish()
    briefing = briefing_page(1)
    briefing.sources = [guide]
    briefing.save_revision().publish()
    taught.items[0].current.sources.add(guide)

    html = client.get("/reading/").content.decode()

    cited = html[html.index("Cited in") :]
    assert "Cited in 3 places" in html
    assert re.findall(r"<li>(?:<a href=\"([^\"]+)\">)?([^<]+)", cited)[:3] == [
        ("/briefings/about-1/", "Briefing about 1"),
        ("/foundation/m1/lesson-1/", "Lesson 1"),
        ("", "Module 1 quiz"),
    ]


def test_page_not_published_is_not_named(client: Client) -> None:
    guide = source("guide")
    draft = briefing_page(1, title="A secret draft")
    draft.sources = [guide]
    draft.save_revision().publish()
    draft.unpublish()

    page = client.get("/reading/").content.decode()

    assert ("A secret draft" in page, "Not cited at present." in page) == (False, True)


def test_question_replaced_by_a_later_wording_cites_nothing(client: Client) -> None:
    taught = taught_course()
    old = taught.items[0].current
    old.sources.add(source("guide"))
    taught.items[0].current = None
    taught.items[0].save()

    assert "Not cited at present." in client.get("/reading/").content.decode()


def _queries(client: Client) -> int:
    client.get("/reading/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/reading/")
    return len(asked)


def test_list_of_one_and_of_three_cost_the_same(client: Client) -> None:
    briefing = briefing_page(1)
    briefing.sources = [source("one")]
    briefing.save_revision().publish()
    with_one = _queries(client)

    for number in (2, 3):
        other = briefing_page(number)
        other.sources = [source(f"work-{number}"), Source.objects.get(key="one")]
        other.save_revision().publish()

    assert _queries(client) == with_one


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_stand_in_a_row_as_in_a_sentence(names: list[str], words: str) -> None:
    assert in_a_row(names) == words
