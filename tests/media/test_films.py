"""A film's file as the site keeps it: measured, private, and under a name of its own."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from media import films
from media.films import FilmFile, digest_of_file
from media.models import Film
from tests.factories.films import film_file
from tests.media.footage import mp4, webm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "kind", "suffix"), [(mp4(90.5), "video/mp4", "mp4"), (webm(90.5), "video/webm", "webm")]
)
def test_file_is_measured_by_its_content_and_kept_in_private_under_our_name(content, kind, suffix):
    made = film_file(content)

    made.refresh_from_db()
    assert (made.content_type, made.duration, made.width, made.height) == (kind, 90.5, 640, 360)
    assert (made.size, made.digest) == (len(content), hashlib.sha256(content).hexdigest())
    assert (made.file.name, made.type) == (f"films/{made.uuid}.{suffix}", "video")
    assert made.file.storage is storages["private"]
    assert made.url == f"/film-file/{made.uuid}.{suffix}"
    assert made.sources == [{"src": made.url, "type": kind}]


def test_file_that_is_no_film_is_refused_and_nothing_is_stored():
    made = FilmFile(title="x", file=ContentFile(b"\x89PNG" + b"\0" * 99, name="film.mp4"))

    with pytest.raises(ValidationError) as refused:
        made.save()

    assert "This is a file of the kind PNG" in str(refused.value)
    assert FilmFile.objects.count() == 0


def test_sound_and_thumbnails_are_refused():
    sound = FilmFile(title="x", type="audio", file=ContentFile(mp4(), name="x.mp4"))
    pictured = FilmFile(title="x", file=ContentFile(mp4(), name="x.mp4"), thumbnail="x.png")

    refusals = []
    for one in (sound, pictured):
        with pytest.raises(ValidationError) as refused:
            one.clean()
        refusals += refused.value.messages

    assert refusals == ["Only films are kept here. Choose “Add video”.", "A film's poster is a picture on its page."]


def test_saving_a_stored_file_again_measures_nothing_anew():
    made = film_file()
    FilmFile.objects.filter(pk=made.pk).update(duration=12)
    made.refresh_from_db()
    made.title = "Another name"

    made.save()

    made.refresh_from_db()
    assert (made.title, made.duration) == ("Another name", 12)


def test_digest_leaves_a_file_at_its_beginning():
    file = ContentFile(b"words")

    assert digest_of_file(file) == hashlib.sha256(b"words").hexdigest()
    assert file.read() == b"words"


def test_film_says_its_title_in_the_language_of_the_page_or_in_english():
    film = Film(key="x", titles={"en": "A look"})

    assert (str(film), film.title, str(Film(key="plain"))) == ("A look", "A look", "plain")


def test_file_too_large_to_send_about_is_refused(monkeypatch):
    monkeypatch.setattr(films, "MOST_FILE_BYTES", 1_000)

    with pytest.raises(ValidationError, match="This film is larger than 1 GB"):
        film_file()

    assert FilmFile.objects.count() == 0
