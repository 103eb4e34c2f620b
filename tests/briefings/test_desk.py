"""Briefings, stories and reports as editors write them."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from briefings.models import (
    BriefingIndexPage,
    BriefingPage,
    ReportIndexPage,
    ReportPage,
    StoryIndexPage,
    StoryPage,
)
from reference.models import GlossaryTerm, Source
from tests.factories import MESSAGES, briefing_page, people, report_page, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    dev = people().dev
    dev.is_superuser = True  # page permissions are Wagtail's business; what is tested here is ours
    dev.save()
    client.force_login(dev)
    return client


def said(response: Any) -> str:
    return html.unescape(response.content.decode())


def adding(kind: type, parent: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])


def briefing_form(**fields: Any) -> dict[str, Any]:
    given = {
        "title": "Handovers",
        "slug": "handovers",
        "lead": "A lead.",
        "key_messages": streamfield([("message", message) for message in MESSAGES]),
        "body": streamfield([("section", {"heading": "Start", "key": "start"}), ("text", rich_text("<p>Words.</p>"))]),
        "content_notice": "0",
        "content_topics": "[]",
        "audience": ["boards", "managers"],
        "topics": ["law"],
        "published_on": "2026-11-25",
        "review_due_on": "",
        "see_also": "/foundation/\n/films/x/\n",
        "drafted_by": "Dev",
        "checked_by": "Ann Lee",
        "checked_on": "2026-11-20",
        "action-publish": "yes",
        **fields,
    }
    ticked = {name: given.pop(name) for name in ("audience", "topics")}
    return nested_form_data({**given, "comments": inline_formset([])}) | ticked


@pytest.mark.parametrize(
    ("kind", "place"), [(BriefingPage, BriefingIndexPage), (StoryPage, StoryIndexPage), (ReportPage, ReportIndexPage)]
)
def test_form_for_a_new_page_opens(desk: Client, kind: type, place: type) -> None:
    response = desk.get(adding(kind, shelf(place)))

    assert response.status_code == 200
    assert ('id="id_lead"' in said(response), 'id="id_audience_0"' in said(response)) == (True, True)


def test_form_of_a_briefing_shows_its_number_and_does_not_let_it_be_changed(desk: Client) -> None:
    page = briefing_page(4)

    form = said(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert re.search(r'id="panel-child-content-child-briefing[^"]*"[^>]*>\s*(?:<[^>]+>\s*)*04', form)
    assert 'name="briefing"' not in form


def test_editor_publishes_a_briefing(desk: Client) -> None:
    briefing_page(6)
    briefing_page(7)
    besides = "/briefings/about-6/\n/briefings/about-7/\n"

    desk.post(adding(BriefingPage, shelf(BriefingIndexPage)), briefing_form(see_also=besides))

    page = BriefingPage.objects.get(slug="handovers")
    assert (page.live, page.briefing.number, page.messages) == (True, 8, MESSAGES)
    assert (page.audience, page.topics, page.see_also) == (
        ["boards", "managers"],
        ["law"],
        ["/briefings/about-6/", "/briefings/about-7/"],
    )
    assert (page.published_on, page.review_due_on) == (date(2026, 11, 25), date(2028, 11, 25))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"key_messages": streamfield([("message", "Only one.")])}, "The minimum number of items is 4"),
        ({"audience": []}, "This field is required."),
        ({"see_also": "https://example.org/"}, "“https://example.org/” is not an address on this site."),
        ({"review_due_on": "2026-11-24"}, "The review comes after the publication."),
    ],
)
def test_briefing_that_is_not_whole_is_refused_at_the_field(desk: Client, fields: dict, sentence: str) -> None:
    response = desk.post(adding(BriefingPage, shelf(BriefingIndexPage)), briefing_form(**fields))

    assert sentence in said(response)
    assert BriefingPage.objects.filter(live=True).count() == 0


def test_report_shows_its_authors_one_to_a_line(desk: Client) -> None:
    page = report_page(authors=["Ann", "Bob"])

    form = said(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert "Ann\nBob</textarea>" in form


def test_list_of_pages_says_each_number(desk: Client) -> None:
    page = briefing_page(4)

    listing = said(desk.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])))

    assert "04 Briefing about 4" in listing


def test_editor_without_more_rights_may_write_sources_and_terms(client: Client) -> None:
    dev = people().dev
    client.force_login(dev)

    answers = [
        client.get(reverse(kind.snippet_viewset.get_url_name("add"))).status_code for kind in (Source, GlossaryTerm)
    ]

    assert answers == [200, 200]
