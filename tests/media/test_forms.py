"""The desk: a film typed and uploaded by an editor, with each fault said at its field and by its line."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from media.films import FilmFile
from media.models import FilmPage
from people.models import User
from tests.factories import people
from tests.factories.films import CAPTIONS, TRANSCRIPT, channel, film_file, film_page
from tests.media.footage import corpora, mp4

pytestmark = pytest.mark.django_db
LINES = "0:00 [A kitchen.]\n0:02 Narrator: The file says: no answer."
SRT = b"1\n00:00:02,000 --> 00:00:06,000\nThe file says: no answer.\n"


@pytest.fixture
def editor() -> Client:
    client = Client()
    dev = people().dev
    dev.is_superuser = True
    dev.save()
    client.force_login(dev)
    return client


def fields(**changed) -> dict:
    """What the form posts for a whole film."""
    return {
        "title": "Typed film", "slug": "typed-film", "lead": "Typed.", "body-count": "0",
        "film_file": str(changed.pop("film_file", None) or film_file().pk), "embed_address": "", "embed_seconds": "",
        "poster": "", "poster_alt": "", "captions": CAPTIONS, "transcript": LINES, "chapters": "0:00 The file",
        "audience": ["boards"], "topics": ["findings"], "content_notice": "0", "content_topics": "[]",
        "drafted_by": "", "checked_by": "Ann Lee", "checked_on": "2026-11-20", **changed,
    }  # fmt: skip


def create(editor: Client, *, publish: bool, **changed):
    address = f"/admin/pages/add/media/filmpage/{channel().pk}/"
    return editor.post(address, {**fields(**changed), **({"action-publish": "1"} if publish else {})}, follow=True)


def errors(response) -> dict[str, list[str]]:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def test_film_typed_at_the_desk_is_published_with_its_text(editor):
    response = create(editor, publish=True)

    page = FilmPage.objects.get()
    assert (response.status_code, page.live, page.captions) == (200, True, CAPTIONS)
    assert [(line.at, line.speaker) for line in page.lines] == [(0, ""), (2, "Narrator")]
    assert (page.chapters, page.audience, page.topics) == ([{"at": 0.0, "title": "The file"}], ["boards"], ["findings"])


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"captions": ""}, "captions", "A film is published with captions only. Add them as WebVTT or SRT."),
        ({"transcript": ""}, "transcript",
         "A film is published with a transcript only. Write who says what, and what is seen."),
    ],
)  # fmt: skip
def test_film_without_captions_or_transcript_is_refused_at_the_field_and_kept_as_a_draft(editor, changed, field, words):
    refused = create(editor, publish=True, **changed)
    kept = create(editor, publish=False, **changed)

    assert errors(refused) == {field: [words]}
    assert (kept.status_code, [page.live for page in FilmPage.objects.all()]) == (200, [False])


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"captions": "WEBVTT\n\n00:04.000 --> 00:01.000\nx"}, "captions",
         "Line 3: this caption ends before it has begun."),
        ({"transcript": "0:00 [A kitchen.]\nno time"}, "transcript", "Line 2: begin with the moment, such as 0:12."),
        ({"chapters": "The file"}, "chapters", "Line 1: write the moment and a short title: 1:00 Two headlines."),
        ({"audience": ["strangers"]}, "audience",
         "Select a valid choice. strangers is not one of the available choices."),
    ],
)  # fmt: skip
def test_text_that_cannot_be_read_is_not_even_kept_as_a_draft(editor, changed, field, words):
    response = create(editor, publish=False, **changed)

    assert (errors(response), FilmPage.objects.count()) == ({field: [words]}, 0)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_captions_uploaded_as_srt_are_kept_as_webvtt_and_the_page_says_so(editor):
    response = create(editor, publish=True, captions="", captions_file=upload("captions.srt", SRT))

    page = FilmPage.objects.get()
    assert page.captions == "WEBVTT\n\n00:00:02.000 --> 00:00:06.000\nThe file says: no answer.\n"
    assert "Captions: The captions were converted from SRT." in response.content.decode()


def test_uploaded_captions_take_the_place_of_those_in_the_form(editor):
    create(editor, publish=True, captions_file=upload("captions.vtt", CAPTIONS.replace("no", "another").encode()))

    assert FilmPage.objects.get().captions == CAPTIONS.replace("no", "another")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("webvtt/wpt-file-parsing/timings-negative.vtt", "Line 3: this caption ends before it has begun."),
        ("media-samples/low_res_sample.mp4", "Line 1: this is not UTF-8 text. Save the file again as UTF-8."),
    ],
)
def test_captions_file_that_cannot_be_read_is_refused_by_line_and_nothing_is_kept(editor, name, words):
    content = corpora(*name.split("/")).read_bytes()

    response = create(editor, publish=False, captions="", captions_file=upload("captions.vtt", content))

    assert (errors(response)["captions_file"][0], FilmPage.objects.count()) == (words, 0)


def test_form_shows_transcript_and_chapters_as_lines(editor):
    page = film_page()

    html = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    assert "0:00 [A kitchen. A red book is closed.]\n0:02 Narrator: The file says: no answer." in html
    assert "0:00 As the file tells it\n0:30 As it looked" in html


def test_preview_of_a_draft_shows_what_is_being_typed(editor):
    page = film_page()
    address = f"/admin/pages/{page.pk}/edit/preview/"
    typed = fields(transcript="0:00 [A typed line.]", film_file=page.film_file_id)

    posted = editor.post(address, typed).json()
    shown = editor.get(address + "?mode=").content.decode()

    assert (posted["is_valid"], "[A typed line.]" in shown) == (True, True)


def test_film_uploaded_at_the_desk_is_measured_and_one_that_is_none_is_refused_in_words(editor):
    good = editor.post("/admin/media/video/add/", {"title": "A", "file": upload("whatever.bin", mp4(90))}, follow=True)
    bad = editor.post("/admin/media/video/add/", {"title": "B", "file": upload("film.mp4", b"\x89PNG" + b"\0" * 99)})

    assert (good.status_code, [(one.title, one.duration) for one in FilmFile.objects.all()]) == (200, [("A", 90)])
    assert "This is a file of the kind PNG, whatever it is called." in bad.content.decode()


@pytest.mark.parametrize("path", ["", "video/add/", "edit/{}/", "usage/{}/", "delete/{}/", "chooser/", "chooser/{}/"])
def test_every_page_of_the_media_desk_works_on_this_wagtail(editor, path):
    file = film_page().film_file

    response = editor.get("/admin/media/" + path.format(file.pk), follow=True)

    assert response.status_code == 200


def test_file_that_a_page_shows_cannot_be_deleted_and_says_why(editor):
    page = film_page()

    response = editor.post(f"/admin/media/delete/{page.film_file_id}/", follow=True)

    words = re.sub(r"\s+", " ", response.content.decode())
    assert "is shown on a page and cannot be deleted. Take it off the page first." in words
    assert FilmFile.objects.count() == 1


def test_file_of_no_page_can_be_deleted_with_its_bytes(editor, django_capture_on_commit_callbacks):
    alone = film_file()
    storage, name = alone.file.storage, alone.file.name

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"/admin/media/delete/{alone.pk}/")

    assert (FilmFile.objects.count(), storage.exists(name)) == (0, False)


def test_what_is_kept_is_not_called_changed_by_windows_line_ends(editor):
    page = film_page()
    form_class = FilmPage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=people_of(editor))

    initial = form.fields["transcript"].prepare_value(TRANSCRIPT)

    assert form.fields["transcript"].has_changed(TRANSCRIPT, initial.replace("\n", "\r\n")) is False
    assert form.fields["transcript"].has_changed(TRANSCRIPT, initial + "\n0:59 [x]") is True


def people_of(client: Client) -> User:
    """Who is signed in."""
    return User.objects.get(pk=client.session["_auth_user_id"])
