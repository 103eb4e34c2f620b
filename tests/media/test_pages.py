"""A film's page: what it keeps, and that no door publishes it without captions and a described transcript."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from media.models import Film, FilmPage
from people.models import User
from tests.factories import people
from tests.factories.films import CAPTIONS, TRANSCRIPT, channel, film_file, film_of, film_page
from tests.media.footage import mp4

pytestmark = pytest.mark.django_db
SPEECH_ONLY = [line for line in TRANSCRIPT if line["kind"] == "speech"]
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

INCOMPLETE: list[tuple[dict[str, Any], str, str]] = [
    ({"captions": ""}, "captions", "A film is published with captions only. Add them as WebVTT or SRT."),
    ({"transcript": []}, "transcript",
     "A film is published with a transcript only. Write who says what, and what is seen."),
    ({"transcript": SPEECH_ONLY}, "transcript",
     "Say what is seen, at least once, in square brackets: 0:00 [A kitchen. A book is closed.]"),
    ({"film_file": None}, "film_file", "Choose the film's file, or give its address at a film host."),
    ({"embed_address": YOUTUBE, "embed_captioned": True}, "embed_address",
     "Choose a file or give an address at a film host, not both."),
    ({"film_file": None, "embed_address": YOUTUBE, "embed_captioned": True}, "embed_seconds",
     "Say how long the film is; it cannot be read from its host."),
    ({"film_file": None, "embed_address": YOUTUBE, "embed_seconds": 60}, "embed_captioned",
     "A film is published with captions only. Tick this when its host shows them."),
    ({"transcript": [*TRANSCRIPT, {"at": 63, "kind": "visual", "text": "x"}]}, "transcript",
     "The transcript goes on after the film has ended."),
    ({"captions": "WEBVTT\n\n00:01:03.000 --> 00:01:04.000\nx\n"}, "captions",
     "The captions go on after the film has ended."),
    ({"chapters": [{"at": 61, "title": "x"}]}, "chapters", "A chapter begins after the film has ended."),
]  # fmt: skip


WHOLE = {"audience": ["all"], "checked_by": "Ann Lee", "checked_on": date(2026, 11, 20)}


def draft(**fields: Any) -> FilmPage:
    """A draft that lacks nothing but what the test says."""
    given = {"film_file": film_file(), "captions": CAPTIONS, "transcript": TRANSCRIPT, **WHOLE, **fields}
    page = FilmPage(title="A draft", slug="a-draft", live=False, **given)
    channel().add_child(instance=page)
    return page


@pytest.mark.parametrize(("fields", "field", "words"), INCOMPLETE)
def test_unfinished_film_is_kept_as_a_draft_and_its_publishing_refused_in_words(fields, field, words):
    page = draft(**fields)
    revision = page.save_revision(clean=False)

    with pytest.raises(ValidationError) as refused:
        revision.publish()

    page.refresh_from_db()
    assert (refused.value.message_dict, page.live) == ({field: [words]}, False)


def test_whole_film_is_published_and_its_row_is_told_title_and_length():
    page = draft(film_file=film_file(mp4(90.4)))

    page.save_revision().publish()

    film = film_of(page)
    assert (page.film.pk, film.titles, film.duration_seconds) == (film.pk, {"en": "A draft"}, 90)


def test_live_film_made_in_code_without_captions_is_refused():
    page = FilmPage(title="Live", slug="live", film_file=film_file(), transcript=TRANSCRIPT)

    with pytest.raises(ValidationError, match="A film is published with captions only"):
        channel().add_child(instance=page)

    assert FilmPage.objects.count() == 0


def test_live_film_loses_no_captions_by_a_later_publishing():
    page = film_page()
    page.captions = ""
    revision = page.save_revision()

    with pytest.raises(ValidationError, match="A film is published with captions only"):
        revision.publish()

    assert FilmPage.objects.get().captions == CAPTIONS


def test_draft_of_a_live_film_may_lack_captions_for_now():
    page = film_page()
    page.captions = ""

    page.save_revision()

    kept = FilmPage.objects.get()
    assert (kept.get_latest_revision_as_object().captions, kept.captions, kept.live) == ("", CAPTIONS, True)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"captions": "no captions"}, "captions", "Line 1: captions begin with the word WEBVTT"),
        ({"transcript": [{"at": 0}]}, "transcript", "Line 1: “kind” is “speech” or “visual”."),
        ({"chapters": [{"at": 0}]}, "chapters", "Chapters are a list"),
        ({"embed_address": "https://example.org/film"}, "embed_address", "This is not the address of a film"),
    ],
)
def test_text_that_cannot_be_read_is_stored_by_no_door(fields, field, words):
    page = draft()
    for name, value in fields.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.save_revision()

    assert words in str(refused.value.message_dict[field])


def test_digest_changes_with_everything_of_a_film_that_is_read():
    page = draft()
    before = page.content_digest

    digests = {before}
    for name, value in (
        ("captions", "WEBVTT\n"),
        ("transcript", []),
        ("chapters", [{"at": 0, "title": "x"}]),
        ("lead", "x"),
    ):
        setattr(page, name, value)
        digests.add(page.content_digest)

    assert len(digests) == 5


def test_translation_shares_the_film_and_each_language_has_one_page():
    english = film_page()
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    page = FilmPage(
        title="Ail olwg", slug="ail-olwg", locale=welsh, translation_key=english.translation_key,
        film_file=english.film_file, captions=CAPTIONS, transcript=TRANSCRIPT,
    )  # fmt: skip

    channel().add_child(instance=page)

    assert (page.film_id, Film.objects.count()) == (english.film_id, 1)
    assert film_of(page).titles == {"en": "Film second-look", "cy": "Ail olwg"}


def test_films_with_one_slug_get_keys_of_their_own():
    first = film_page("same")
    second = draft()
    second.film.key = "same"

    again = FilmPage(title="Same", slug="same", locale=first.locale).new_neutral_row()

    assert (first.film.key, again.key) == ("same", "same-2")


@pytest.fixture
def editor() -> Client:
    client = Client()
    dev = people().dev
    dev.is_superuser = True
    dev.save()
    client.force_login(dev)
    return client


def test_bulk_publishing_an_unfinished_film_is_refused_in_words(editor):
    page = draft(captions="")
    page.save_revision(clean=False)

    response = editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", follow=True)

    page.refresh_from_db()
    assert page.live is False
    assert "is not ready. A film is published with captions only." in response.content.decode()


def test_bulk_publishing_the_channel_with_what_is_below_is_refused_too(editor):
    page = draft(captions="")
    page.save_revision(clean=False)

    editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={channel().pk}", {"include_descendants": "on"}, follow=True)

    page.refresh_from_db()
    assert page.live is False


def test_publishing_by_the_editors_interface_is_refused_in_words(editor):
    page = draft(captions="")
    page.save_revision(clean=False)

    response = editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/", {}, content_type="application/json")

    page.refresh_from_db()
    assert (response.status_code, page.live) == (400, False)
    assert "A film is published with captions only" in response.content.decode()


def test_approving_a_film_that_lost_its_captions_is_refused_in_words(editor):
    page = draft()
    page.save_revision()
    workflow = Workflow.objects.create(name="Two eyes")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, people_of(editor))
    page.captions = ""
    page.save_revision(clean=False)
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{state.current_task_state_id}/"

    refused = editor.post(address, follow=True)
    page.captions = CAPTIONS
    page.save_revision()
    editor.post(address, follow=True)

    assert "is not ready. A film is published with captions only." in refused.content.decode()
    assert FilmPage.objects.get().live is True


def people_of(client: Client) -> User:
    """Who is signed in."""
    return User.objects.get(pk=client.session["_auth_user_id"])
