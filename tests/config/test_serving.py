"""Pages are found by their whole address, and everything Wagtail decides about a page is still decided."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from courses.models import CoursePage, LessonPage, ModulePage
from tests.factories import cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db


def _looked_up(client: Client, address: str) -> list[str]:
    """The statements on pages that an address takes; without a question, a visitor is given what is kept."""
    made_anew = f"{address}?made=anew"
    client.get(made_anew)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(made_anew).status_code == 200
    return [one["sql"] for one in captured if "UNION" not in one["sql"] and 'FROM "wagtailcore_page"' in one["sql"]]


def test_page_is_found_by_one_look_at_any_depth(client: Client) -> None:
    taught_course()

    looks = {type(page): _looked_up(client, page.url) for page in (CoursePage.objects.get(), ModulePage.objects.get())}

    by_address = {kind: [sql for sql in sqls if '"url_path" =' in sql] for kind, sqls in looks.items()}
    assert {kind: len(sqls) for kind, sqls in by_address.items()} == {CoursePage: 1, ModulePage: 1}


@pytest.mark.parametrize("address", ["/nothing-here/", "/foundation/nothing-here/"])
def test_address_of_no_page_is_not_found(address: str, client: Client) -> None:
    taught_course()

    assert client.get(address).status_code == 404


def test_page_that_is_not_published_is_not_found(client: Client) -> None:
    taught_course()
    page = ModulePage.objects.get()
    page.unpublish()

    assert client.get(page.url).status_code == 404


def test_lesson_is_still_served_through_the_players_hook(client: Client) -> None:
    taught = taught_course()
    lesson = LessonPage.objects.first()
    enrolment(people().amina, cohort(taught.course))

    assert client.get(lesson.url)["Location"] == f"/account/login/?next={lesson.url}"


def test_page_kept_for_people_signed_in_is_still_kept(client: Client) -> None:
    taught_course()
    page = ModulePage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(page.url).status_code == 302


def test_second_site_leaves_the_looking_to_wagtail(client: Client, settings: object) -> None:
    taught_course()
    other = Page.get_first_root_node().add_child(instance=Page(title="Another site", slug="another"))
    Site.objects.create(hostname="another.example.org", root_page=other)

    assert client.get(CoursePage.objects.get().get_url_parts()[2]).status_code == 200
