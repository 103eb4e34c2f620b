"""Films at other hosts: which one an address means, and that nothing of the host is in the page before a click."""

import re

import pytest
from django.core.exceptions import ValidationError

from media.blocks import EmbeddedFilmBlock
from media.embeds import UnknownFilm, read_address
from tests.factories import lesson_page, people, taught_course
from tests.factories.films import TRANSCRIPT, film_page

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]


@pytest.mark.parametrize(
    "address",
    [YOUTUBE, "https://youtu.be/dQw4w9WgXcQ?t=3", "https://m.youtube.com/watch?feature=x&v=dQw4w9WgXcQ",
     "https://www.youtube.com/embed/dQw4w9WgXcQ", "https://www.youtube.com/shorts/dQw4w9WgXcQ/",
     "http://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"],
)  # fmt: skip
def test_youtube_in_each_way_its_films_are_linked(address):
    embed = read_address(address)

    assert (embed.host_name, embed.page) == ("YouTube", YOUTUBE)
    assert embed.player.startswith("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?")


@pytest.mark.parametrize(
    ("address", "page", "player"),
    [
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789",
         "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"),
        ("https://vimeo.com/123456789/abcdef0123", "https://vimeo.com/123456789/abcdef0123",
         "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1&h=abcdef0123"),
        ("https://player.vimeo.com/video/123456789?h=abcdef0123", "https://vimeo.com/123456789/abcdef0123",
         "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1&h=abcdef0123"),
    ],
)  # fmt: skip
def test_vimeo_in_each_way_its_films_are_linked(address, page, player):
    embed = read_address(address)

    assert (embed.host_name, embed.page, embed.player) == ("Vimeo", page, player)


@pytest.mark.parametrize(
    "address",
    ["", "https://example.org/watch?v=dQw4w9WgXcQ", "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
     "https://www.youtube.com/watch?v=short", "https://www.youtube.com/@somebody", "javascript:alert(1)//youtu.be",
     "https://vimeo.com/about", "https://vimeo.com/123456789?h=\"><script>", "ftp://youtu.be/dQw4w9WgXcQ"],
)  # fmt: skip
def test_anything_else_is_no_film_of_a_host(address):
    with pytest.raises(UnknownFilm, match="not the address of a film at YouTube or Vimeo"):
        read_address(address)


@pytest.fixture
def embedded(db):
    """A film page whose film is at a host."""
    return film_page(
        "elsewhere", embed_address=YOUTUBE, embed_seconds=60, embed_captioned=True, captions="", chapters=[]
    )


def frame_sources(response) -> list[str]:
    found = re.search(r"frame-src ([^;]*)", response["Content-Security-Policy"])
    return found[1].split() if found else []


def test_page_of_an_embedded_film_has_a_card_a_plain_link_and_our_transcript(client, embedded):
    response = client.get("/films/elsewhere/")

    page = response.content.decode()
    assert re.search(rf'<a class="btn" href="{re.escape(YOUTUBE)}" rel="external noopener noreferrer"', page)
    assert ("<iframe" in page, "<video" in page, TRANSCRIPT[2]["text"] in page) == (False, False, True)
    assert frame_sources(response) == HOSTS


def test_page_without_an_embedded_film_allows_no_frame(client, embedded):
    film_page("ours")

    addresses = ["/films/ours/", "/films/", "/"]

    assert [frame_sources(client.get(address)) for address in addresses] == [[], [], []]


def test_nothing_in_the_page_asks_the_host_for_anything(client, embedded):
    page = client.get("/films/elsewhere/").content.decode()

    asked = re.findall(r'(?:src|poster|srcset|href)="(https?://[^"]+)"', re.sub(r"<a [^>]*>", "", page))
    assert [address for address in asked if "youtube" in address or "vimeo" in address] == []


def test_lesson_with_an_embedded_film_shows_it_and_allows_its_frame_alone(client):
    taught, cast = taught_course(), people()
    block = {"title": "A talk", "address": YOUTUBE, "transcript": "0:00 [A stage.]\n0:02 Speaker: Good morning."}
    with_film = lesson_page(
        taught.module_page, "With film", "with-film", body=[{"type": "embedded_film", "value": block}]
    )
    client.force_login(cast.dev)

    response = client.get(with_film.url)

    page = response.content.decode()
    assert (response.status_code, frame_sources(response)) == (200, HOSTS)
    assert all(words in page for words in ("A talk", "Good morning.", "[A stage.]", "media/embed.js"))
    assert frame_sources(client.get(taught.lessons[0].url)) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"address": "https://example.org/"}, "This is not the address of a film at YouTube or Vimeo."),
        ({"transcript": ""}, "This field is required."),
        ({"transcript": "0:00 [A stage.]\nno time"}, "Line 2: begin with the moment, such as 0:12."),
    ],
)
def test_block_without_title_film_or_transcript_is_refused(changed, words):
    value = {"title": "A talk", "address": YOUTUBE, "transcript": "0:00 [A stage.]", **changed}
    block = EmbeddedFilmBlock()

    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))

    assert words in str(refused.value.as_json_data())


def test_draft_of_a_block_that_is_not_whole_is_shown_empty_and_breaks_nothing():
    block = EmbeddedFilmBlock()

    shown = block.render(block.to_python({"title": "A talk", "address": "https://example.org/", "transcript": ""}))

    assert shown.strip() == ""
