"""The channel: which films it lists, how it is narrowed, and that more films cost no more queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from home.models import HomePage
from media.films import Watching
from media.models import FilmIndexPage, FilmPage
from tests.factories import front_page, people, taught_course
from tests.factories.films import CAPTIONS, TRANSCRIPT, channel, film_page

pytestmark = pytest.mark.django_db


def listed(client, query: str = "", address: str = "/films/") -> list[str]:
    return [entry.page.slug for entry in client.get(address + (query or "?made=anew")).context["channel"].entries]


def test_channel_lists_its_live_films_newest_first_with_length_and_audience(client):
    film_page("first", audience=["boards", "managers"], topics=["findings"])
    film_page("second")
    film_page("gone").unpublish()
    film_page("of-a-course", parent=taught_course().module_page)

    page = client.get("/films/")

    entries = page.context["channel"].entries
    assert [entry.page.slug for entry in entries] == ["second", "first"]
    entry = entries[1]
    assert (entry.length, entry.audience, entry.topics) == ("1:00", ["Boards", "Managers"], ["Patterns and findings"])
    html = page.content.decode()
    assert all(words in html for words in ("2 films", "For: Boards, Managers", "About: Patterns and findings"))


def test_empty_channel_says_so(client):
    channel()

    assert "There are no films here yet." in client.get("/films/").content.decode()


@pytest.mark.parametrize(
    ("query", "slugs"),
    [("?audience=boards", ["everybody", "boards"]), ("?topic=findings", ["boards"]),
     ("?audience=boards&topic=hindsight", ["everybody"]),
     ("?audience=nobody", ["everybody", "managers", "boards"]), ("?topic=families", [])],
)  # fmt: skip
def test_list_is_narrowed_by_audience_and_topic(client, query, slugs):
    film_page("boards", audience=["boards"], topics=["findings"])
    film_page("managers", audience=["managers"], topics=["hindsight"])
    film_page("everybody", audience=["all"], topics=["hindsight"])

    assert listed(client, query) == slugs


def test_ways_to_narrow_say_how_many_films_each_leads_to(client):
    film_page("boards", audience=["boards"], topics=["findings"])
    film_page("everybody", audience=["all"], topics=["hindsight"])

    narrowed = client.get("/films/?audience=boards").context["channel"]

    audiences = {choice.value: (choice.count, choice.link, choice.is_chosen) for choice in narrowed.audiences}
    topics = {choice.value: (choice.count, choice.link) for choice in narrowed.topics}
    assert audiences["boards"] == (2, "?audience=boards", True)
    assert audiences["managers"] == (1, "?audience=managers", False)
    assert topics == {
        "findings": (1, "?audience=boards&topic=findings"),
        "hindsight": (1, "?audience=boards&topic=hindsight"),
    }


def test_person_sees_what_they_watched_and_where_they_left(client):
    amina = people().amina
    watched, left = film_page("watched"), film_page("left")
    now = timezone.now()
    Watching.objects.create(person=amina, film=watched.film, counted_at=now, watched_at=now, place_seconds=60)
    Watching.objects.create(person=amina, film=left.film, counted_at=now, place_seconds=31.5)
    before = client.get("/films/").content.decode()
    client.force_login(amina)

    page = client.get("/films/").content.decode()

    assert ("You have watched this" in page, "You left it at 0:31" in page) == (True, True)
    assert ("You have watched this" in before, "You left it at" in before) == (False, False)


def test_welsh_channel_lists_each_film_once_in_welsh_or_marked_as_english(client):
    english, only_english = film_page("english"), film_page("only-english")
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    home = (
        front_page()
        .get_parent()
        .add_child(
            instance=HomePage(
                title="Cymraeg", slug="cy", lead="x", locale=welsh, translation_key=front_page().translation_key
            )
        )
    )
    index = FilmIndexPage(title="Ffilmiau", slug="films", locale=welsh, translation_key=channel().translation_key)
    home.add_child(instance=index)
    index.add_child(
        instance=FilmPage(
            title="Cymraeg", slug="cymraeg", locale=welsh, translation_key=english.translation_key,
            film_file=english.film_file, captions=CAPTIONS, transcript=TRANSCRIPT,
        )
    )  # fmt: skip

    page = client.get("/cy/films/")

    entries = {entry.page.slug: entry.is_other_language for entry in page.context["channel"].entries}
    assert entries == {"cymraeg": False, "only-english": True}
    assert listed(client) == ["only-english", "english"]
    assert f'href="{only_english.url}" hreflang="en"' in page.content.decode()


@pytest.mark.parametrize("who", ["", "amina"])
def test_three_films_cost_as_many_queries_as_one(client, who):
    if who:
        client.force_login(people().amina)
    made_anew = "/films/?made=anew"  # without a question, a visitor is given what is kept
    film_page("one")
    client.get(made_anew)
    with CaptureQueriesContext(connection) as captured:
        client.get(made_anew)
    for_one = len(captured)
    film_page("two")
    film_page("three")
    client.get(made_anew)

    with CaptureQueriesContext(connection) as captured:
        client.get(made_anew)

    assert (len(captured), len(listed(client))) == (for_one, 3)
