"""The checks in a page's editor: the panel, the refusal at the field, and the form checked without being saved."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from briefings.models import BriefingIndexPage, BriefingPage
from tests.factories import MESSAGES, briefing_page, people, shelf

pytestmark = pytest.mark.django_db
EDIT = "wagtailadmin_pages:edit"


@pytest.fixture
def editor(client: Client) -> Client:
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(dev)
    return client


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def draft() -> BriefingPage:
    page = briefing_page(4, checked_by="Ann Lee", checked_on=date(2026, 11, 20))
    page.unpublish()
    page.refresh_from_db()
    return page


def form(text: str = "<p>Words of 4 here.</p>", **fields: Any) -> dict[str, Any]:
    """The editor's form of that briefing as it would be sent."""
    given = {
        "title": "Handovers", "slug": "about-4", "lead": "The lead of 4.",
        "key_messages": streamfield([("message", message) for message in MESSAGES]),
        "body": streamfield([("section", {"heading": "Start", "key": "start"}), ("text", rich_text(text))]),
        "content_notice": "0", "content_topics": "[]", "audience": ["all"], "topics": [], "see_also": "",
        "published_on": "2026-11-25", "review_due_on": "2028-11-25", "drafted_by": "Dev", "drafted_on": "2026-11-25",
        "checked_by": "Ann Lee", "checked_on": "2026-11-20", **fields,
    }  # fmt: skip
    ticked = {name: given.pop(name) for name in ("audience", "topics")}
    return nested_form_data({**given, "comments": inline_formset([])}) | ticked


def vague() -> str:
    return '<p>Read it <a href="https://example.org/">here</a>.</p>'


def test_publishing_a_draft_with_a_vague_link_is_refused_and_nothing_typed_is_lost(editor: Client) -> None:
    page = draft()

    response = editor.post(reverse(EDIT, args=[page.pk]), form(vague(), **{"action-publish": "yes"}))

    assert Page.objects.get(pk=page.pk).live is False
    assert "The link “here” does not say where it leads. Name what is there." in said(response)
    assert 'value="Handovers"' in said(response)


def test_same_draft_is_saved_and_the_panel_says_what_stands_in_the_way_and_where(editor: Client) -> None:
    page = draft()
    editor.post(reverse(EDIT, args=[page.pk]), form(vague(), checked_by="", checked_on=""))

    panel = said(editor.get(reverse(EDIT, args=[page.pk])))

    block = BriefingPage.objects.get(pk=page.pk).get_latest_revision_as_object().body[1].id
    assert "In the way of publishing" in panel
    assert "Under “Start”" in panel
    assert f'href="#block-{block}-section"' in panel
    assert "No practitioner has checked this text." in panel


def test_draft_that_lacks_nothing_is_published_from_the_editor(editor: Client) -> None:
    page = draft()

    editor.post(reverse(EDIT, args=[page.pk]), form(**{"action-publish": "yes"}))

    assert Page.objects.get(pk=page.pk).live is True


def test_new_page_nobody_checked_is_refused_and_none_is_left_behind(editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["briefings", "briefingpage", shelf(BriefingIndexPage).pk])

    response = editor.post(address, form(checked_by="", checked_on="", slug="new", **{"action-publish": "yes"}))

    assert BriefingPage.objects.count() == 0
    assert "No practitioner has checked this text." in said(response)


def test_new_page_somebody_checked_is_published_as_checked(editor: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["briefings", "briefingpage", shelf(BriefingIndexPage).pk])

    editor.post(address, form(slug="new", **{"action-publish": "yes"}))

    page = BriefingPage.objects.get()
    assert (page.live, page.is_checked) == (True, True)


def test_form_is_checked_as_it_stands_and_nothing_is_saved(editor: Client) -> None:
    page = draft()
    before = page.revisions.count()

    response = editor.post(
        reverse("publish_checks_of_form", args=[page.pk]), form(vague(), **{"action-publish": "yes"})
    )

    page.refresh_from_db()
    assert "The link “here” does not say where it leads." in said(response)
    assert (page.live, page.title, page.revisions.count()) == (False, "Briefing about 4", before)


def test_new_day_of_checking_is_of_the_text_as_it_stands_and_an_older_one_is_not(editor: Client) -> None:
    page = draft()
    send = {"action-publish": "yes"}
    editor.post(reverse(EDIT, args=[page.pk]), form("<p>Other words.</p>", **send))
    after_change = BriefingPage.objects.get(pk=page.pk).is_checked

    editor.post(reverse(EDIT, args=[page.pk]), form("<p>Other words.</p>", checked_on="2026-11-26", **send))

    assert (after_change, BriefingPage.objects.get(pk=page.pk).is_checked) == (False, True)


def test_checks_of_a_page_somebody_may_not_edit_are_not_shown(client: Client) -> None:
    page = draft()
    dev = people().dev
    dev.groups.clear()
    dev.groups.add(Group.objects.get(name="Editors in chief"))
    client.force_login(dev)

    answers = [client.get(reverse("publish_checks", args=[page.pk]), follow=True),
               client.post(reverse("publish_checks_of_form", args=[page.pk]), form(), follow=True)]  # fmt: skip

    assert all("Nothing stands in the way" not in said(answer) for answer in answers)


def test_number_of_queries_does_not_grow_with_the_links(editor: Client, django_assert_max_num_queries: Any) -> None:
    page = draft()
    many = "".join(f'<p><a href="/briefings/number-{n}/">The briefing about {n}</a></p>' for n in range(40))
    editor.post(reverse(EDIT, args=[page.pk]), form(many))
    editor.get(reverse("publish_checks", args=[page.pk]))

    with django_assert_max_num_queries(60):
        response = editor.get(reverse("publish_checks", args=[page.pk]))

    assert said(response).count("nothing is there") >= 40
