"""A briefing by its number: an address that holds whatever becomes of the page."""

import pytest
from django.test import Client
from wagtail.models import Locale

from briefings.models import Briefing
from tests.factories import briefing_page

pytestmark = pytest.mark.django_db


def test_number_leads_to_the_page(client: Client) -> None:
    briefing_page(4)

    response = client.get("/briefings/4/")

    assert (response.status_code, response["Location"]) == (302, "/briefings/about-4/")


def test_number_of_a_replaced_briefing_still_leads_to_its_own_page(client: Client) -> None:
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)

    assert client.get("/briefings/1/")["Location"] == "/briefings/about-1/"


def test_number_of_a_withdrawn_briefing_says_so_and_what_has_taken_its_place(client: Client) -> None:
    first = briefing_page(1)
    briefing_page(2, supersedes=first.briefing)
    first.unpublish()

    response = client.get("/briefings/1/")

    page = response.content.decode()
    assert response.status_code == 410
    assert "Briefing 01 is no longer published" in page
    assert '<a href="/briefings/about-2/">02 Briefing about 2</a>' in page


def test_number_of_a_withdrawn_briefing_that_nothing_replaced_says_that_too(client: Client) -> None:
    briefing_page(1, title="A title taken back").unpublish()

    response = client.get("/briefings/1/")

    page = response.content.decode()
    assert response.status_code == 410
    assert ("nothing has taken its place yet" in page, "A title taken back" in page) == (True, False)


def test_number_of_a_draft_or_of_nothing_is_not_found(client: Client) -> None:
    Briefing.objects.create(number=1)

    assert [client.get(f"/briefings/{number}{end}").status_code for number in (1, 2) for end in ("/", ".pdf")] == [
        404
    ] * 4


def test_welsh_number_leads_to_the_welsh_page_and_to_the_english_one_where_there_is_none(client: Client) -> None:
    page, _other = briefing_page(1), briefing_page(2)
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    for one in (page.get_site().root_page.specific, page.get_parent().specific, page):
        one.copy_for_translation(welsh).save_revision().publish()

    ways = [client.get(f"/cy/briefings/{number}/")["Location"] for number in (1, 2)]

    assert ways == ["/cy/briefings/about-1/", "/briefings/about-2/"]


def test_pdf_is_served_under_a_name_of_its_own(client: Client) -> None:
    briefing_page(4)

    response = client.get("/briefings/4.pdf")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'inline; filename="briefing-04-en.pdf"'
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_pdf_of_a_withdrawn_briefing_is_not_found(client: Client) -> None:
    briefing_page(1).unpublish()

    assert client.get("/briefings/1.pdf").status_code == 404


@pytest.mark.parametrize("address", ["/briefings/1/", "/briefings/1.pdf", "/briefings/feed/"])
def test_only_looking_is_possible(client: Client, address: str) -> None:
    briefing_page(1)

    assert client.post(address).status_code == 405
