"""What has been published keeps its number: the desk refuses in words before Wagtail deletes."""

import html

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from briefings.models import BriefingIndexPage, BriefingPage
from briefings.protection import reason_to_keep
from tests.factories import briefing_page, person, shelf, story_page

pytestmark = pytest.mark.django_db

KEPT = (
    "Briefing 01 has been published and cannot be deleted: people have its number. Publish a briefing that takes its "
    "place, or unpublish it."
)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("Ada Administrator", is_superuser=True))
    return client


def said(response) -> str:
    return html.unescape(response.content.decode())


def test_published_briefing_is_kept_in_words(desk: Client) -> None:
    page = briefing_page(1)

    answer = desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert KEPT in said(answer)
    assert BriefingPage.objects.filter(pk=page.pk).exists()


def test_withdrawn_briefing_is_kept_too(desk: Client) -> None:
    page = briefing_page(1)
    page.unpublish()

    desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert BriefingPage.objects.filter(pk=page.pk).exists()


def test_briefings_are_kept_when_many_are_deleted_at_once(desk: Client) -> None:
    page, story = briefing_page(1), story_page("second-call")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    answer = desk.post(f"{address}?id={story.pk}&id={page.pk}&next=/admin/", {"confirm": "y"}, follow=True)

    assert KEPT in said(answer)
    assert Page.objects.filter(pk__in=[page.pk, story.pk]).count() == 2


def test_shelf_with_a_published_briefing_is_kept_for_its_sake() -> None:
    page = briefing_page(1)

    assert reason_to_keep(page.get_parent()) == KEPT


def test_shelf_with_something_on_it_is_kept_until_it_is_empty() -> None:
    stories = story_page("second-call").get_parent()
    with_story = reason_to_keep(Page.objects.get(pk=stories.pk))

    stories.get_children().get().delete()

    assert with_story == "“Stories” still has pages under it. Move or delete those first."
    assert reason_to_keep(Page.objects.get(pk=stories.pk)) == ""


def test_draft_and_story_may_go(desk: Client) -> None:
    draft = shelf(BriefingIndexPage).add_child(instance=BriefingPage(title="Draft", slug="draft", live=False))
    story = story_page("second-call")

    for page in (draft, story):
        desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert Page.objects.filter(pk__in=[draft.pk, story.pk]).count() == 0
