"""A film's page for somebody: where it starts, its transcript as links, found words, captions and the player."""

import re

import pytest
from django.utils import timezone
from wagtail.models import Locale

from media.films import Watching
from media.models import FilmPage
from tests.factories import people
from tests.factories.films import CAPTIONS, TRANSCRIPT, channel, film_page

pytestmark = pytest.mark.django_db
ADDRESS = "/films/second-look/"


@pytest.fixture
def page():
    return film_page()


def showing(client, query: str = ""):
    return client.get(ADDRESS + query).context["showing"]


def marked(client, query: str) -> list[str]:
    """The clocks of the lines marked as the moment of the page."""
    html = client.get(ADDRESS + query).content.decode()
    return re.findall(r'<li id="t-[\d-]+"[^>]*aria-current="true".*?(\d+:\d\d)</a>', html, flags=re.DOTALL)


def test_each_line_is_a_link_to_its_moment_and_a_target_of_its_own(client, page):
    lines = showing(client).lines

    assert [(one.clock, one.name, one.link) for one in lines] == [
        ("0:00", "t-0", "?t=0#t-0"), ("0:02", "t-2", "?t=2#t-2"), ("0:30", "t-30", "?t=30.5#t-30"),
    ]  # fmt: skip


def test_two_lines_in_one_second_have_names_of_their_own(client):
    lines = [{"at": at, "kind": "visual", "text": "x"} for at in (1, 1.5, 1.9)]
    film_page(transcript=lines)

    assert [one.name for one in showing(client).lines] == ["t-1", "t-1-2", "t-1-3"]


@pytest.mark.parametrize(("query", "start", "clocks"), [("?t=31", "31", ["0:30"]), ("?t=0:02", "2", ["0:02"])])
def test_link_to_a_moment_opens_film_and_transcript_there(client, page, query, start, clocks):
    html = client.get(ADDRESS + query).content.decode()

    assert f'src="{page.film_file.url}#t={start}"' in html
    assert marked(client, query) == clocks
    assert "Read the transcript from there" in html


@pytest.mark.parametrize("query", ["", "?t=abc", "?t=-5", "?t=9999", "?t=0"])
def test_page_without_a_moment_starts_at_the_beginning(client, page, query):
    html = client.get(ADDRESS + query).content.decode()

    assert f'src="{page.film_file.url}"' in html
    assert "Read the transcript from there" not in html


def test_person_carries_on_where_they_were_on_any_device(client, page):
    amina = people().amina
    Watching.objects.create(person=amina, film=page.film, counted_at=timezone.now(), place_seconds=31.5)
    client.force_login(amina)

    html = client.get(ADDRESS).content.decode()

    assert f'src="{page.film_file.url}#t=31.5"' in html
    assert "You left this film at 0:31; it carries on from there." in html
    assert marked(client, "") == ["0:30"]


def test_moment_in_a_link_goes_before_the_place_that_was_kept(client, page):
    amina = people().amina
    Watching.objects.create(person=amina, film=page.film, counted_at=timezone.now(), place_seconds=31.5)
    client.force_login(amina)

    first, second = showing(client, "?t=2"), showing(client, "?t=0")

    assert ((first.start, first.is_resumed), (second.start, second.is_resumed)) == ((2, False), (0, False))


def test_somebody_elses_place_is_not_shown(client, page):
    cast = people()
    Watching.objects.create(person=cast.amina, film=page.film, counted_at=timezone.now(), place_seconds=31.5)
    client.force_login(cast.carol)

    assert showing(client).start == 0


@pytest.mark.parametrize(("words", "count"), [("kettle", 1), ("KITCHEN book", 1), ("no-such-word", 0), ("", 3)])
def test_search_without_scripts_hides_the_other_lines_and_counts(client, page, words, count):
    response = client.get(ADDRESS, {"q": words})

    html = response.content.decode()
    assert (response.context["showing"].found_count, html.count("<li hidden id=")) == (count, 3 - count)
    assert ("Show all of it" in html) is bool(words)


def test_words_searched_for_are_written_out_as_text(client, page):
    html = client.get(ADDRESS, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in html


def test_transcript_stands_in_the_page_without_the_player(client, page):
    html = re.sub(r"<figure.*?</figure>", "", client.get(ADDRESS).content.decode(), flags=re.DOTALL)

    assert all(line["text"] in html for line in TRANSCRIPT)
    assert ("[A kitchen. A red book is closed.]" in html, "<b>Narrator</b>" in html) == (True, True)


def test_browsers_own_player_is_whole_and_waits(client, page):
    html = client.get(ADDRESS).content.decode()

    video = re.search(r"<video [^>]*>", html)[0]
    assert all(word in video for word in (" controls", 'preload="none"', 'aria-label="Film: Film second-look"'))
    assert ("autoplay" in video, "data-report" in video) == (False, False)
    assert f'<track kind="captions" src="/film-captions/{page.film.uuid}/en.vtt" srclang="en"' in html
    assert '<div class="bar" data-bar hidden>' in html


def test_captions_are_served_as_webvtt(client, page):
    response = client.get(f"/film-captions/{page.film.uuid}/en.vtt")

    assert (response["Content-Type"], response.content.decode()) == ("text/vtt; charset=utf-8", CAPTIONS)


def test_captions_of_the_other_language_may_be_chosen(client, page):
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    other = FilmPage(
        title="Ail olwg", slug="ail-olwg", locale=welsh, translation_key=page.translation_key, film_file=page.film_file,
        captions=CAPTIONS, transcript=TRANSCRIPT,
    )  # fmt: skip
    channel().add_child(instance=other)

    tracks = showing(client).tracks

    assert [(one.language, one.name) for one in tracks] == [("en", "English"), ("cy", "Cymraeg")]
    assert [client.get(one.url).status_code for one in tracks] == [200, 200]


def test_film_without_a_poster_has_a_drawn_card_and_the_same_one_each_time(client, page):
    html = client.get(ADDRESS).content.decode()

    cards = [client.get("/film-card/second-look.svg") for _time in range(2)]
    other = client.get("/film-card/another.svg")

    assert 'poster="/film-card/second-look.svg"' in html
    assert (cards[0]["Content-Type"], cards[0].content == cards[1].content) == ("image/svg+xml", True)
    assert other.content != cards[0].content


def test_notice_stands_before_the_film_and_once(client):
    film_page(content_notice=1, content_topics=["neglect"])

    html = client.get(ADDRESS).content.decode()

    assert html.count("This page mentions harm.") == 1
    assert html.index("This page mentions harm.") < html.index("<video")


@pytest.mark.parametrize("count", [3, 30])
def test_page_asks_the_database_as_often_for_a_long_transcript(client, django_assert_num_queries, count):
    film_page(transcript=[{"at": at, "kind": "visual", "text": "x"} for at in range(count)])
    made_anew = f"{ADDRESS}?made=anew"  # without a question, a visitor is given what is kept
    client.get(made_anew)

    with django_assert_num_queries(14):
        client.get(made_anew)


def test_opening_is_given_to_somebody_signed_in_only(client, page):
    before = showing(client).opening
    client.force_login(people().amina)

    assert (before, bool(showing(client).opening)) == ("", True)
