"""Sources and terms at the editors' desk: written by people, refused in words, never deleted while relied on."""

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reference.models import GlossaryTerm, Source
from reference.protection import reason_to_keep
from tests.factories import briefing_page, person, section, source, taught_course, term

pytestmark = pytest.mark.django_db

TERM = {
    "key": "tunnel",
    "term_en": "View from the tunnel",
    "meaning_en": "From inside.",
    "term_cy": "",
    "meaning_cy": "",
}
SOURCE = {"key": "guide", "title": "The Guide", "authors": "Ann\nBob\n", "year": "2008", "nation": "uk"}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("Ada Administrator", is_superuser=True))
    return client


def address(kind: type, view: str, *args: Any) -> str:
    return reverse(kind.snippet_viewset.get_url_name(view), args=args)


def said(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_term_is_written_in_one_language_or_two(desk: Client) -> None:
    desk.post(address(GlossaryTerm, "add"), {**TERM, "see": ""})
    desk.post(address(GlossaryTerm, "add"), {**TERM, "key": "voice", "term_cy": "Llais", "meaning_cy": "Ystyr.",
                                             "see": "tunnel"})  # fmt: skip

    found = list(GlossaryTerm.objects.values_list("key", "terms", "meanings", "see"))

    assert found == [
        ("tunnel", {"en": "View from the tunnel"}, {"en": "From inside."}, []),
        ("voice", {"en": "View from the tunnel", "cy": "Llais"}, {"en": "From inside.", "cy": "Ystyr."}, ["tunnel"]),
    ]


def test_term_is_shown_for_editing_as_it_stands(desk: Client) -> None:
    made = term("voice", en="Voice", cy="Llais", see=["tunnel"])

    page = said(desk.get(address(GlossaryTerm, "edit", made.pk)))

    assert 'value="Voice"' in page
    assert 'value="Llais"' in page
    assert "tunnel</textarea>" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"term_cy": "Llais"}, "Write both the term and its meaning, or neither."),
        ({"see": "nowhere"}, "There is no term with the key “nowhere”."),
        ({"see": "\n".join(["x"] * 31)}, "Write at most 30 lines of at most 150 characters."),
        ({"meaning_en": ""}, "This field is required."),
    ],
)
def test_term_that_is_not_whole_is_refused_in_words(desk: Client, given: dict[str, str], sentence: str) -> None:
    answer = desk.post(address(GlossaryTerm, "add"), {**TERM, "see": "", **given})

    assert sentence in said(answer)
    assert GlossaryTerm.objects.count() == 0


def test_source_is_written_with_its_authors_one_to_a_line(desk: Client) -> None:
    desk.post(address(Source, "add"), SOURCE)

    assert list(Source.objects.values_list("key", "authors", "year", "ours")) == [
        ("guide", ["Ann", "Bob"], 2008, False)
    ]


def test_source_cited_by_a_page_or_a_question_is_kept_in_words(desk: Client) -> None:
    by_page, by_item, free = source("by-page"), source("by-item"), source("free")
    page = briefing_page(1)
    page.sources = [by_page]
    page.save()
    taught_course().items[0].current.sources.add(by_item)

    answers = [said(desk.post(address(Source, "delete", one.pk), follow=True)) for one in (by_page, by_item, free)]

    words = "is cited and cannot be deleted. Take it off what cites it first."
    assert [words in answer for answer in answers] == [True, True, False]
    assert set(Source.objects.all()) == {by_page, by_item}


def test_term_a_page_links_to_is_kept_in_words_and_so_is_one_a_draft_links_to(desk: Client) -> None:
    live, draft, free = term("live", en="Live"), term("draft", en="Draft"), term("free", en="Free")
    page = briefing_page(1, body=section("a", "A", '<p><a href="/glossary/live/">x</a></p>'))
    page.body = page.body.stream_block.to_python(section("a", "A", '<p><a href="/glossary/draft/">x</a></p>'))
    page.save_revision()

    reasons = [reason_to_keep(one) for one in (live, draft, free)]

    assert reasons == [
        "“Live” is linked from a page and cannot be deleted. Take the link off first.",
        "“Draft” is linked from a page and cannot be deleted. Take the link off first.",
        "",
    ]
    desk.post(address(GlossaryTerm, "delete", live.pk))
    assert GlossaryTerm.objects.filter(pk=live.pk).exists()


def test_term_another_term_names_is_kept(desk: Client) -> None:
    named = term("named", en="Named")
    term("other", en="Other", see=["named"])

    answer = desk.post(address(GlossaryTerm, "delete", named.pk), follow=True)

    assert "Another term says “see also: Named”. Change that one first." in said(answer)
    assert GlossaryTerm.objects.filter(pk=named.pk).exists()
