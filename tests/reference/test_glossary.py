"""Words of the glossary: their pages, and their meaning in place on pages that link to them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from home.models import HomePage
from reference.glossary import keys_linked
from tests.factories import briefing_page, lesson_page, section, source, taught_course, term

pytestmark = pytest.mark.django_db

TUNNEL_LINK = '<a href="/glossary/tunnel/">view from the <b>tunnel</b></a>'
TUNNEL = f"<p>Take a {TUNNEL_LINK} first.</p>"


def page_with(client: Client, *texts: str) -> str:
    page = briefing_page(1, body=section("start", "Start", *texts))
    return client.get(page.url).content.decode()


def test_glossary_lists_every_word_under_its_letter(client: Client) -> None:
    term("window", en="Window on the system", meaning="A case looked through.")
    term("agency", en="Agency", meaning="A service.")

    page = client.get("/glossary/").content.decode()

    assert re.findall(r'<h2 id="letter-\w">(\w)</h2>', page) == ["A", "W"]
    assert re.findall(r'<dt><a href="([^"]+)">([^<]+)</a></dt><dd>([^<]+)</dd>', page) == [
        ("/glossary/agency/", "Agency", "A service."),
        ("/glossary/window/", "Window on the system", "A case looked through."),
    ]


def test_glossary_without_a_word_says_so(client: Client) -> None:
    assert "No words have been written down yet." in client.get("/glossary/").content.decode()


def test_welsh_glossary_has_the_welsh_alphabet_and_says_what_is_in_english(client: Client) -> None:
    term("llais", en="Voice", cy="Llais")
    term("lwc", en="Luck", cy="Lwc")
    term("agency", en="Agency", meaning="A service.")

    page = client.get("/cy/glossary/").content.decode()

    assert re.findall(r'<h2 id="letter-\w+">(\w+)</h2>', page) == ["A", "L", "Ll"]
    assert re.findall(r'<div lang="(\w+)"><dt><a href="[^"]+">([^<]+)', page) == [("en", "Agency")]
    assert 'href="/cy/glossary/llais/">Llais</a></dt><dd>Ystyr.' in page


@pytest.mark.parametrize("count", [1, 3])
def test_glossary_of_any_length_asks_the_database_once(client: Client, count: int) -> None:
    for number in range(count):
        term(f"word-{number}", en=f"Word {number}")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/glossary/")

    assert len([query for query in asked if "glossaryterm" in query["sql"]]) == 1


def test_a_words_own_page_says_what_to_read_beside_it_and_where_it_came_from(client: Client) -> None:
    term("kappa", en="Kappa", meaning="A figure.")
    made = term("agreement", en="Agreement", meaning="Alike.", see=["kappa", "gone"])
    made.sources.add(source("protocol", title="The Protocol", authors=["A", "B", "C"], year=2004))

    page = client.get("/glossary/agreement/").content.decode()

    assert '<p class="lead">Alike.</p>' in page
    assert re.findall(r'<dt><a href="/glossary/([\w-]+)/">', page) == ["kappa"]
    assert "<cite>The Protocol</cite>. A, B and C. A publisher, 2004." in page


def test_a_word_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/glossary/nothing/").status_code == 404


def test_a_linked_word_has_its_meaning_in_place_and_its_link_for_browsers_that_cannot(client: Client) -> None:
    term("tunnel", en="View from the tunnel", meaning="An account from inside.")

    page = page_with(client, TUNNEL)

    words = "view from the <b>tunnel</b>"
    assert f'<a class="term" href="/glossary/tunnel/">{words}</a>' in page
    assert f'<button class="term" type="button" popovertarget="meaning-tunnel">{words}</button>' in page
    assert len(re.findall(r'<div class="meaning" popover id="meaning-tunnel"', page)) == 1
    assert '<dt><a href="/glossary/tunnel/">View from the tunnel</a></dt><dd>An account from inside.</dd>' in page


def test_signs_beside_a_linked_word_may_not_be_parted_from_it(client: Client) -> None:
    term("tunnel", en="View from the tunnel")

    page = page_with(client, f"<p>It is a “{TUNNEL_LINK}”, of a kind. Or a {TUNNEL_LINK} like it.</p>")

    assert re.findall(r'<span class="unparted">(.*?)<a class="term".*?</button>(.*?)</span>', page) == [("“", "”,")]


def test_a_word_linked_twice_is_explained_once(client: Client) -> None:
    term("tunnel", en="View from the tunnel")

    page = page_with(client, TUNNEL, TUNNEL)

    assert (page.count('popovertarget="meaning-tunnel">'), page.count('id="meaning-tunnel"')) == (2, 1)


def test_a_link_to_no_word_stays_an_ordinary_link(client: Client) -> None:
    page = page_with(client, TUNNEL)

    assert '<a href="/glossary/tunnel/">view from the <b>tunnel</b></a>' in page
    assert "Words on this page" not in page


def test_a_page_without_linked_words_asks_for_none(client: Client) -> None:
    page = briefing_page(1)

    with CaptureQueriesContext(connection) as asked:
        client.get(page.url)

    assert [query["sql"] for query in asked if "glossaryterm" in query["sql"]] == []


@pytest.mark.parametrize("count", [1, 3])
def test_all_words_of_a_page_are_fetched_at_once(client: Client, count: int) -> None:
    links = []
    for number in range(count):
        term(f"word-{number}", en=f"Word {number}")
        links.append(f'<p><a href="/glossary/word-{number}/">it</a></p>')
    page = briefing_page(1, body=section("start", "Start", *links))
    made_anew = f"{page.url}?made=anew"  # without a question, a visitor is given what is kept
    client.get(made_anew)  # draws the PDF

    with CaptureQueriesContext(connection) as asked:
        client.get(made_anew)

    assert len([query for query in asked if "glossaryterm" in query["sql"]]) == 1


def test_words_in_key_points_and_quotations_count_too() -> None:
    stream = [
        {"type": "key_point", "value": {"text": '<p><a href="/glossary/one/">x</a></p>'}},
        {"type": "quotation", "value": {"text": '<p><a href="/cy/glossary/two/">x</a></p>', "speaker": "A"}},
        {
            "type": "text",
            "value": '<p><a href="/glossary/one/">x</a> <a href="https://a.org/glossary/three/">x</a></p>',
        },
    ]

    assert keys_linked(stream) == ["one", "two"]


def test_a_lesson_as_learners_read_it_explains_its_words_too(client: Client) -> None:
    term("tunnel", en="View from the tunnel")
    taught = taught_course()
    page = lesson_page(taught.module_page, "Third", "third", body=section("start", "Start", TUNNEL))

    context = page.get_context(client.get("/").wsgi_request)

    assert [one.key for one in context["page"].terms] == ["tunnel"]


def test_a_welsh_page_leads_to_the_welsh_glossary(client: Client) -> None:
    term("tunnel", en="View from the tunnel", cy="Golwg o’r twnnel")
    taught = taught_course()
    welsh = HomePage(
        title="Cymraeg",
        slug="front-cy",
        locale=Locale.objects.get_or_create(language_code="cy")[0],
        translation_key=taught.home.translation_key,
        body=section("start", "Dechrau", TUNNEL),
    )
    taught.home.get_parent().add_child(instance=welsh)

    page = client.get("/cy/").content.decode()

    assert 'class="term" href="/cy/glossary/tunnel/"' in page
    assert '<dt><a href="/cy/glossary/tunnel/">Golwg o’r twnnel</a></dt><dd>Ystyr.</dd>' in page
