"""The search page: answers, filters, slips, odd questions, and nothing of what a person may not open."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import LessonPage
from reference.models import GlossaryTerm
from search.indexing import index, index_missed, rebuild
from search.models import Entry
from tests.factories import cohort, enrolment, front_page, lesson_page, people, taught_course, trainer
from tests.factories.films import film_page
from tests.factories.site import real_content

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"


def _page(client: Client, question: str, **more: Any) -> str:
    response = client.get("/search/", {"q": question, **more})
    assert response.status_code == 200
    return response.content.decode()


def _answers(page: str) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)">', page)


def _secret_lesson() -> LessonPage:
    """A lesson with a word that stands nowhere else."""
    taught = taught_course()
    body = [
        {"type": "section", "value": {"heading": "Start", "key": "start"}},
        {"type": "text", "value": f"<p>The {CANARY} sang.</p>"},
    ]
    page = lesson_page(taught.module_page, "A kept lesson", "kept", body=body)
    index(page)
    return page


def _term(key: str, term: str, meaning: str) -> GlossaryTerm:
    front_page()
    row = GlossaryTerm.objects.create(key=key, terms={"en": term}, meanings={"en": meaning})
    index(row)
    return row


def test_page_begins_empty_and_asks_no_robot_to_keep_it(client: Client) -> None:
    front_page()

    page = client.get("/search/").content.decode()

    assert "What are you looking for?" in page
    assert '<meta name="robots" content="noindex">' in page


def test_answer_has_its_title_its_kind_and_the_words_marked(client: Client) -> None:
    _term("tunnel", "Tunnel view", "What a worker could see at the time, & no more.")

    page = _page(client, "workers seen")

    assert _answers(page) == ["/glossary/tunnel/"]
    assert "<mark>worker</mark>" in page
    assert "at the time, &amp; no more." in page


def test_form_of_a_word_and_a_small_slip_are_understood_and_said(client: Client) -> None:
    _term("chronology", "Chronology", "A list of dated events.")

    forms, slip = _page(client, "chronologies"), _page(client, "chronolgy")

    assert _answers(forms) == _answers(slip) == ["/glossary/chronology/"]
    assert "Nothing you can open has “chronolgy”, so these are answers for" in slip


def test_filter_shows_one_kind_and_counts_each(client: Client) -> None:
    _term("film", "Film", "A drawn kitchen.")
    index(film_page(lead="A kitchen."))

    everything, films = _page(client, "kitchen"), _page(client, "kitchen", kind="film")

    assert sorted(_answers(everything)) == ["/films/second-look/", "/glossary/film/"]
    assert _answers(films) == ["/films/second-look/"]
    assert re.findall(r'<span class="count">(\d+)</span>', everything) == ["2", "1", "1"]


def test_film_is_answered_with_its_moment(client: Client) -> None:
    lines = [
        {"at": 0, "kind": "visual", "text": "A kitchen."},
        {"at": 12.5, "kind": "speech", "speaker": "Narrator", "text": f"The {CANARY} sang."},
    ]
    index(film_page(transcript=lines))

    assert 'href="/films/second-look/?t=12.5#film"' in _page(client, CANARY)


@pytest.mark.parametrize("who", ["nobody", "carol", "lena"])
def test_lesson_is_not_found_counted_or_suggested_to_who_may_not_read_it(client: Client, who: str) -> None:
    _secret_lesson()
    cast = people()
    if who == "carol":
        client.force_login(cast.carol)
    elif who == "lena":
        client.force_login(cast.lena)

    pages = [_page(client, question) for question in (CANARY, f"{CANARY}x", CANARY[:-1], "zebrafnich", CANARY[:4])]

    assert [page for page in pages if "A kept lesson" in page or "sang" in page] == []
    assert [page for page in pages[2:] if CANARY in page] == []


def test_lesson_is_found_by_its_learner_and_its_trainer(client: Client) -> None:
    page = _secret_lesson()
    cast, group = people(), cohort(page.activity.course)
    enrolment(cast.amina, group)
    trainer(cast.beth, group)

    found = {}
    for name in ("amina", "beth"):
        client.force_login(getattr(cast, name))
        found[name] = _answers(_page(client, CANARY))

    assert found == {"amina": [page.url], "beth": [page.url]}


def test_film_of_a_course_is_found_by_its_readers_alone(client: Client) -> None:
    taught = taught_course()
    film = film_page("kept", parent=taught.module_page, lead=f"The {CANARY} sang.")
    index(film)
    amina = people().amina
    enrolment(amina, cohort(taught.course))

    stranger = _page(client, CANARY)
    client.force_login(amina)

    assert ("sang" in stranger, "sang" in _page(client, CANARY)) == (False, True)


@pytest.mark.lengthy
def test_ending_of_the_decision_to_rate_is_found_by_nobody(client: Client) -> None:
    real_content()
    rebuild()

    assert "/ninety-seconds/" not in _answers(_page(client, "kicked a door in"))
    assert "/ninety-seconds/" in _answers(_page(client, "dentist Tuesday visit"))


def test_page_that_is_taken_down_is_found_no_more(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    film = film_page(lead=f"The {CANARY} sang.")
    index(film)

    with django_capture_on_commit_callbacks(execute=True):
        film.unpublish()

    assert "sang" not in _page(client, CANARY)
    assert Entry.objects.filter(page=film).count() == 0


def test_page_that_is_published_is_found_without_anybody_asking(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        film_page(lead=f"The {CANARY} sang.")

    assert _answers(_page(client, CANARY)) == ["/films/second-look/"]


def test_sweep_finds_what_a_listener_missed(client: Client) -> None:
    film_page(lead=f"The {CANARY} sang.")
    assert _answers(_page(client, CANARY)) == []

    index_missed()

    assert _answers(_page(client, CANARY)) == ["/films/second-look/"]


@pytest.mark.lengthy
def test_rebuilding_twice_writes_nothing_the_second_time() -> None:
    real_content()

    first, second = rebuild(), rebuild()

    assert first[0] > 100
    assert second == (0, 0)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Write a word or two to look for."),
        ("the and of", "There is no word in this to look for."),
        ("🦊 !!! ???", "There is no word in this to look for."),
        ("%_%", "There is no word in this to look for."),
        ("\x00\x00", "Write a word or two to look for."),
        ("x" * 201, "Write at most 200 characters."),
        ("x" * 10_000, "Write at most 200 characters."),
    ],
)
def test_question_without_a_word_to_look_for_is_told_so(client: Client, question: str, said: str) -> None:
    front_page()

    page = _page(client, question)

    assert said in page
    assert "Or look around" in page


@pytest.mark.parametrize("question", ["'; DROP TABLE search_word; --", "<script>alert(1)</script>", "a" * 200])
def test_odd_question_is_answered_with_ways_on(client: Client, question: str) -> None:
    front_page()

    page = _page(client, question)

    assert "What you can try" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("kind", "number"), [("giraffe", "1"), ("film", "999"), ("", "x"), ("term", "-1")])
def test_odd_filter_or_page_still_answers(client: Client, kind: str, number: str) -> None:
    _term("tunnel", "Tunnel view", "What a worker could see.")

    assert client.get("/search/", {"q": "tunnel", "kind": kind, "page": number}).status_code == 200


def test_only_looking_is_possible(client: Client) -> None:
    assert client.post("/search/", {"q": "tunnel"}).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_statements_however_many_answers(client: Client, count: int) -> None:
    for number in range(count):
        _term(f"tunnel-{number}", f"Tunnel {number}", "What a worker could see.")
    _page(client, "tunnel")

    with CaptureQueriesContext(connection) as captured:
        page = _page(client, "tunnel")

    assert (len(_answers(page)), len(captured)) == (count, 5)
