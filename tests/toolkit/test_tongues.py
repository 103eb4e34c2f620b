"""Every page offers the other language: the same page if there is one, the front page if there is none."""

import re

import pytest
from django.test import Client

from tests.factories import people
from tests.home.test_standing_pages import standing_page

pytestmark = pytest.mark.django_db


def ways(page: str) -> list[tuple[str, str, str]]:
    """In the menu and in the foot: address, language and words of each way to another language."""
    found = re.findall(r'<a href="([^"]+)" hreflang="(\w+)" lang="\w+">([^<]+)</a>', page)
    return [(href.replace("&amp;", "&"), code, words) for href, code, words in found]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/my-learning/", "/cy/my-learning/"),
        ("/your-data/", "/cy/your-data/"),
        ("/account/preferences/", "/cy/account/preferences/"),
        ("/verify/", "/cy/verify/"),
        ("/search/?q=case&kind=film", "/cy/search/?q=case&kind=film"),
        ("/glossary/", "/cy/glossary/"),
    ],
)
def test_page_leads_to_itself_in_the_other_language_and_back(client: Client, here: str, there: str) -> None:
    client.force_login(people().amina)

    english, welsh = (client.get(address).content.decode() for address in (here, there))

    assert ways(english) == [(there, "cy", "Cymraeg")] * 2
    assert ways(welsh) == [(here, "en", "English")] * 2
    assert '<html lang="cy">' in welsh


def test_sign_in_page_keeps_where_one_was_going(client: Client) -> None:
    page = client.get("/account/login/?next=/my-learning/").content.decode()

    assert ways(page) == [("/cy/account/login/?next=/my-learning/", "cy", "Cymraeg")] * 2


def test_page_that_is_written_in_one_language_leads_to_the_front_page_in_the_foot_and_says_so(client: Client) -> None:
    standing_page("privacy", "privacy")

    page = client.get("/privacy/").content.decode()

    assert ways(page) == [("/cy/", "cy", "Cymraeg (Hafan)")]


def test_page_that_is_not_there_leads_to_the_front_page(client: Client) -> None:
    page = client.get("/nothing-here/").content.decode()

    assert ways(page) == [("/cy/", "cy", "Cymraeg (Hafan)")]


def test_form_that_was_just_sent_offers_no_way_that_would_lose_it(client: Client) -> None:
    client.force_login(people().amina)

    page = client.post("/your-data/correct/", {"name": ""}).content.decode()

    assert ways(page) == []


def test_address_is_escaped(client: Client) -> None:
    page = client.get('/search/?q="><script>alert(1)</script>').content.decode()

    assert "<script>alert" not in page
