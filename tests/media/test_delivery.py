"""A film's file in parts. Source: RFC 9110, sections 13.1.5 and 14."""

import pytest

from media.delivery import Part, Unsatisfiable, read_range
from tests.factories import people
from tests.factories.films import film_file, film_page
from tests.media.footage import mp4

CONTENT = mp4(tail=bytes(range(256)) * 400)  # more than one piece
SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", Part(0, 99)), ("bytes=0-9", Part(0, 9)), ("bytes=90-", Part(90, 99)), ("bytes=-10", Part(90, 99)),
        ("bytes=-500", Part(0, 99)), ("bytes=50-5000", Part(50, 99)), ("bytes=99-99", Part(99, 99)),
        ("Bytes = 1 - 2", Part(1, 2)), ("", None), ("pages=1-2", None), ("bytes=0-1,5-6", None),
    ],
)  # fmt: skip
def test_range_is_read_as_the_standard_says(header, part):
    assert read_range(header, 100) == part


@pytest.mark.parametrize(
    "header", ["bytes=100-", "bytes=5-4", "bytes=-0", "bytes=-", "bytes=a-b", "bytes=1", "bytes=", "bytes=--1",
               f"bytes={'9' * 5000}-"]
)  # fmt: skip
def test_range_that_cannot_be_met_is_refused(header):
    with pytest.raises(Unsatisfiable):
        read_range(header, 100)


@pytest.fixture
def film(db):
    """The file of a film in the channel."""
    return film_page(film_file=film_file(CONTENT)).film_file


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_film_is_sent_where_no_part_is_asked_for(client, film):
    response = client.get(film.url)

    assert (response.status_code, body(response) == CONTENT) == (200, True)
    assert {name: response[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges", "ETag")} == {
        "Content-Type": "video/mp4", "Content-Length": str(SIZE), "Accept-Ranges": "bytes", "ETag": f'"{film.digest}"',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-", 0, SIZE - 1), ("bytes=100-199", 100, 199), ("bytes=-7", SIZE - 7, SIZE - 1),
     (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1), ("bytes=60000-70000", 60000, 70000)],
)  # fmt: skip
def test_part_is_sent_with_206_and_says_where_it_lies(client, film, header, first, last):
    response = client.get(film.url, headers={"range": header})

    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {first}-{last}/{SIZE}")
    assert body(response) == CONTENT[first : last + 1]
    assert response["Content-Length"] == str(last - first + 1)


def test_parts_put_together_are_the_film(client, film):
    parts = [body(client.get(film.url, headers={"range": f"bytes={at}-{at + 9_999}"})) for at in range(0, SIZE, 10_000)]

    assert b"".join(parts) == CONTENT


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", "bytes=9-3", "bytes=x-y"])
def test_part_that_is_not_there_is_answered_416(client, film, header):
    response = client.get(film.url, headers={"range": header})

    assert (response.status_code, response["Content-Range"], response.content) == (416, f"bytes */{SIZE}", b"")


def test_head_says_the_same_and_sends_nothing(client, film):
    response = client.head(film.url, headers={"range": "bytes=0-9"})

    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(SIZE), b"")


@pytest.mark.parametrize(("is_same", "status"), [(True, 206), (False, 200)])
def test_part_of_another_file_than_the_player_began_with_is_not_sent(client, film, is_same, status):
    etag = f'"{film.digest}"' if is_same else '"an older file"'

    response = client.get(film.url, headers={"range": "bytes=0-9", "if-range": etag})

    assert (response.status_code, len(body(response))) == (status, 10 if is_same else SIZE)


def test_if_range_with_a_date_sends_the_whole_film(client, film):
    headers = {"range": "bytes=0-9", "if-range": "Wed, 25 Nov 2026 20:00:00 GMT"}

    assert client.get(film.url, headers=headers).status_code == 200


def test_film_the_browser_has_is_not_sent_again(client, film):
    response = client.get(film.url, headers={"if-none-match": f'"{film.digest}"'})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", f'"{film.digest}"')


def test_public_film_may_be_kept_and_a_private_one_may_not(client, film):
    public = client.get(film.url)["Cache-Control"]
    film.pages.get().unpublish()
    client.force_login(people().dev)

    assert (public, client.get(film.url)["Cache-Control"]) == ("public, max-age=86400", "private, no-store")


def test_nginx_is_told_which_file_where_it_stands_in_front(client, film, settings):
    settings.FILMS_ACCEL_PREFIX = "/private-files/"

    response = client.get(film.url, headers={"range": "bytes=0-9"})

    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/private-files/films/{film.uuid}.mp4"


def test_nginx_is_told_nothing_to_somebody_who_may_not_see(client, film, settings):
    settings.FILMS_ACCEL_PREFIX = "/private-files/"
    film.pages.get().unpublish()

    response = client.get(film.url)

    assert (response.status_code, response.has_header("X-Accel-Redirect")) == (404, False)


def test_posting_to_a_film_is_refused(client, film):
    assert client.post(film.url).status_code == 405
