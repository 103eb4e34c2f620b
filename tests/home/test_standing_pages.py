"""Resources on the model, and the door for directors and boards: they list what there is."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import StandardPage
from tests.factories import briefing_page, front_page, report_page, section, story_page, taught_course
from tests.factories.films import film_page

pytestmark = pytest.mark.django_db
LEGAL = ["/privacy/", "/cookies/", "/accessibility/", "/contact/", "/report-a-concern/"]


def standing_page(kind: str, slug: str, **fields: Any) -> StandardPage:
    page = StandardPage(title=slug.title(), slug=slug, lead="A lead.", kind=kind, **fields)
    front_page().add_child(instance=page)
    page.save_revision().publish()
    return page


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def listed(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'<a href="(/(?:briefings|reports|stories|films)/[^"]+)"', main)


def test_resources_list_the_guide_and_the_briefings_by_number(client: Client) -> None:
    standing_page("resources", "resources")
    briefing_page(2)
    briefing_page(1)
    report_page()

    page = get(client, "/resources/")

    assert listed(page) == ["/reports/guide/", "/briefings/about-1/", "/briefings/about-2/"]
    assert re.findall(r'<span class="number">(\d+)</span>', page) == ["01", "02"]


def test_resources_leave_out_what_was_replaced_or_taken_back(client: Client) -> None:
    standing_page("resources", "resources")
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)
    briefing_page(3).unpublish()

    assert listed(get(client, "/resources/")) == ["/briefings/about-2/"]


def test_resources_say_what_is_still_being_made(client: Client) -> None:
    standing_page("resources", "resources")

    page = get(client, "/resources/")

    assert (page.count("Still being written."), page.count("Still being made.")) == (2, 1)


def test_resources_of_any_length_cost_the_same(client: Client) -> None:
    standing_page("resources", "resources")

    def queries() -> int:
        client.get("/resources/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/resources/")
        return len(asked)

    briefing_page(1)
    with_one = queries()
    briefing_page(2)
    briefing_page(3)

    assert queries() == with_one


def test_directors_find_what_was_written_for_boards_partnerships_and_everyone(client: Client) -> None:
    standing_page("for_directors", "for-directors", body=section("asks", "What it asks", "<p>Of you.</p>"))
    for number, audience in enumerate(
        (["all"], ["boards"], ["partnerships"], ["reviewers"], ["practitioners"]), start=1
    ):
        briefing_page(number, audience=audience)
    story_page("for-all")
    story_page("for-managers", audience=["managers"])
    report_page(audience=["boards"])

    page = get(client, "/for-directors/")

    assert listed(page) == [
        "/briefings/about-1/", "/briefings/about-2/", "/briefings/about-3/", "/reports/guide/", "/stories/for-all/",
    ]  # fmt: skip
    assert page.index("What it asks") < page.index("/briefings/about-1/")


def test_plain_standing_page_lists_nothing(client: Client) -> None:
    standing_page("text", "about", body=section("a", "A heading", "<p>Words.</p>"))
    briefing_page(1)

    page = get(client, "/about/")

    assert (listed(page), "A heading" in page) == ([], True)


def test_films_of_the_channel_are_listed_and_a_film_of_a_course_is_not(client: Client) -> None:
    standing_page("resources", "resources")
    standing_page("for_directors", "for-directors")
    film_page("for-all", audience=["all"])
    film_page("of-a-course", parent=taught_course().module_page)

    pages = {address: listed(get(client, address)) for address in ("/resources/", "/for-directors/")}
    front = get(client, "/")

    assert pages == {"/resources/": ["/films/for-all/"], "/for-directors/": ["/films/for-all/"]}
    assert ("/films/for-all/" in front, "of-a-course" in front) == (True, False)


@pytest.mark.parametrize(
    ("audiences", "shown"),
    [
        ({"first": ["all"], "second": ["reviewers"]}, "first"),
        ({"first": ["all"], "second": ["all", "boards"]}, "second"),
        ({"first": ["reviewers"], "second": ["managers"]}, "second"),
    ],
)
def test_front_page_shows_the_newest_film_for_everyone_before_any_other(
    client: Client, audiences: dict[str, list[str]], shown: str
) -> None:
    for slug, audience in audiences.items():
        film_page(slug, audience=audience)

    front = get(client, "/")

    assert [slug for slug in audiences if f"/films/{slug}/" in front] == [shown]


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/", ["/for-directors/", "/resources/", "/glossary/", "/reading/", *LEGAL]),
        ("/cy/verify/", ["/for-directors/", "/resources/", "/cy/glossary/", "/cy/reading/", *LEGAL]),
    ],
)
def test_foot_of_every_page_leads_to_the_standing_pages(client: Client, address: str, links: list[str]) -> None:
    front_page()

    page = get(client, address)

    foot = page[page.index('<footer class="foot">') :]
    assert [link for link in re.findall(r'<li><a href="([^"]+)"', foot) if "verify" not in link] == links


def test_welsh_foot_says_which_pages_are_in_english(client: Client) -> None:
    page = get(client, "/cy/verify/")

    foot = page[page.index('<footer class="foot">') :]
    assert re.findall(r'<li><a href="([^"]+)" hreflang="en">', foot) == [
        "/for-directors/",
        "/resources/",
        *LEGAL,
    ]
