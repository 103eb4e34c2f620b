"""What is not the same for everybody is kept by no cache, and nobody who adds an address has to remember that."""

from typing import Any

import pytest
from config.middleware import FOR_EVERYBODY
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path

from tests.access.matrix import all_tried
from tests.access.names import open_token
from tests.access.world import world
from tests.factories import taught_course
from tests.home.test_standing_pages import standing_page

pytestmark = pytest.mark.django_db


def _found(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("What only the holder of the address reads.")


urlpatterns = [path("just-added/<str:token>/", _found, name="just_added")]


@override_settings(ROOT_URLCONF=__name__)
def test_new_secret_address_is_kept_by_nobody_though_its_view_says_nothing(client: Client) -> None:
    answer = client.get("/just-added/a-secret/")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_visitor_with_a_secret_address_leaves_no_copy_behind() -> None:
    made = world()
    anybody, kept = Client(), {}

    for one in all_tried(made):
        for of, address in one.places.items() if not one.claim.is_at_desk else ():
            answer = anybody.get(address)
            if of and answer.status_code < 300 and "no-store" not in answer.headers.get("Cache-Control", ""):
                kept[one.claim.label] = address

    assert set(kept) <= FOR_EVERYBODY
    assert "no-store" in anybody.get(f"/join/{open_token('a')}/")["Cache-Control"]


def test_what_may_be_kept_is_there_and_takes_no_secret() -> None:
    named = {name: list(get_resolver().reverse_dict.getlist(name)) for name in FOR_EVERYBODY}

    free = {name for name, ways in named.items() for way in ways if _takes_any_text(way)}

    assert [name for name, ways in named.items() if not ways] == []
    assert free == set()


def _takes_any_text(way: Any) -> bool:
    """Whether an argument of an address may be any text, as a secret is."""
    _possible, _pattern, _defaults, converters = way
    return any(type(one).__name__ == "StringConverter" for one in converters.values())


@pytest.mark.parametrize("address", ["/join/cut/in-two/", "/no-such-page/", "/verify/", "/account/login/", "/search/"])
def test_what_is_not_there_and_forms_are_kept_by_nobody(client: Client, address: str) -> None:
    taught_course()

    assert "no-store" in client.get(address)["Cache-Control"]


def test_public_page_may_be_kept_but_not_as_a_visitor_with_a_session_has_it(client: Client) -> None:
    taught_course()
    before = client.get("/").headers.get("Cache-Control", "")
    session = client.session
    session["passed"] = ["the password of a page"]
    session.save()

    assert ("no-store" in before, client.get("/")["Cache-Control"]) == (False, "private, no-store")


def test_form_on_a_public_page_is_kept_by_no_proxy_and_may_be_come_back_to(client: Client, settings: Any) -> None:
    settings.CONTACT_NAME, settings.CONTACT_EMAIL = "Lena Hollin", "lead@example.org"
    page = standing_page("report_a_concern", "report-a-concern")

    answer = client.get(page.url)

    assert ("csrfmiddlewaretoken" in answer.content.decode(), answer["Cache-Control"]) == (True, "private")
