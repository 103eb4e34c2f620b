"""Addresses, languages and headers of the whole site."""

import gzip
import re

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale

from home.models import HomePage
from tests.factories import people, person, taught_course

pytestmark = pytest.mark.django_db


def _policy(response: object) -> dict[str, list[str]]:
    header = response["Content-Security-Policy"]  # type: ignore[index]
    return {part.split()[0]: part.split()[1:] for part in header.split(";") if part.strip()}


def _welsh_front_page() -> None:
    english = taught_course().home
    locale, _made = Locale.objects.get_or_create(language_code="cy")
    english.get_parent().add_child(
        instance=HomePage(
            title="Dysgu Gyda'n Gilydd", slug="front-cy", lead="Cymraeg.", locale=locale,
            translation_key=english.translation_key,
        )
    )  # fmt: skip


@pytest.mark.parametrize("wanted", [None, "cy", "cy,en;q=0.1", "de", "*"])
def test_front_page_answers_in_english_without_redirect_whatever_the_browser_prefers(
    client: Client, wanted: str | None
) -> None:
    _welsh_front_page()

    response = client.get("/", headers={"accept-language": wanted} if wanted else None)

    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    assert ('<html lang="en">' in page, "The front page." in page) == (True, True)


def test_welsh_front_page_stands_under_cy_whatever_the_browser_prefers(client: Client) -> None:
    _welsh_front_page()

    response = client.get("/cy/", headers={"accept-language": "en"})

    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "cy")
    assert ('<html lang="cy">' in page, "Cymraeg." in page) == (True, True)


def test_learners_pages_run_no_script_or_style_of_their_own_making(client: Client) -> None:
    taught_course()

    for address in ("/", "/foundation/", "/account/login/", "/account/signup/", "/verify/", "/no-such-page/"):
        response = client.get(address)
        page = response.content.decode()

        assert _policy(response) == {
            "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"], "media-src": ["'self'"], "connect-src": ["'self'"], "form-action": ["'self'"],
            "base-uri": ["'none'"], "frame-ancestors": ["'self'"], "manifest-src": ["'self'"],
        }  # fmt: skip
        assert re.findall(r"<script(?![^>]* src=)[^>]*>|<style|\son[a-z]+=| style=", page) == []


def test_editors_policy_applies_to_the_editors_pages_only(client: Client) -> None:
    taught_course()
    client.force_login(person("Ada Administrator", is_superuser=True))

    desk, site = _policy(client.get("/admin/")), _policy(client.get("/my-learning/"))

    assert desk["script-src"] == settings.EDITOR_POLICY["script-src"] == ["'self'", "'unsafe-inline'"]
    assert [part for part, values in site.items() if any("unsafe" in value for value in values)] == []


@pytest.mark.parametrize("address", ["/administrator/", "/cy/admin/", "/foundation/admin/"])
def test_address_that_only_looks_like_the_editors_gets_the_strict_policy(client: Client, address: str) -> None:
    taught_course()

    assert _policy(client.get(address))["script-src"] == ["'self'"]


@pytest.mark.parametrize("address", ["/", "/foundation/", "/verify/", "/account/login/", "/no-such-page/", "/admin/"])
def test_every_answer_carries_the_headers_that_keep_others_out(client: Client, address: str) -> None:
    taught_course()

    response = client.get(address)

    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    assert {name: response.headers.get(name) for name in expected} == expected


def test_pages_made_for_somebody_are_kept_by_no_cache_and_public_ones_may_be(client: Client) -> None:
    taught_course()
    public = client.get("/foundation/").headers.get("Cache-Control", "")
    client.force_login(people().amina)

    private = {
        address: client.get(address).headers["Cache-Control"] for address in ("/", "/foundation/", "/my-learning/")
    }

    assert "no-store" not in public
    assert set(private.values()) == {"private, no-store"}


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client) -> None:
    amina = people().amina
    amina.set_password("a long and winding road")
    amina.save()

    client.post("/account/login/", {"login": amina.email, "password": "a long and winding road"})

    cookie = client.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_page_that_is_not_there_is_said_so_in_our_own_words(client: Client) -> None:
    taught_course()

    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert settings.BRAND_NAME in response.content.decode()


def test_pages_go_out_compressed_to_whoever_takes_that_and_files_as_they_are(client: Client) -> None:
    taught_course()
    taking = {"accept-encoding": "gzip"}

    page, plain = client.get("/", headers=taking), client.get("/")
    file = client.get("/static/img/mark.svg", headers=taking)

    assert (page["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
    assert "The front page." in gzip.decompress(page.content).decode()
    assert "Accept-Encoding" in page["Vary"]
    assert "Content-Encoding" not in file.headers


def test_page_says_what_it_is_about_in_its_head(client: Client) -> None:
    taught_course()

    page = client.get("/").content.decode()

    assert '<meta name="description" content="The front page.">' in page
