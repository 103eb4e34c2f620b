"""What stands on a page keeps its file: another one under its name would go live past every check and reader."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.films import FilmFile
from tests.factories import people
from tests.factories.films import film_file, film_page
from tests.media.footage import mp4

pytestmark = pytest.mark.django_db
STAYS = "This file is used on a page, so it stays."


@pytest.fixture
def editor() -> Client:
    """Somebody who writes and may not publish."""
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Editors"))
    client = Client()
    client.force_login(dev)
    return client


def sent_anew(editor: Client, kept: FilmFile, *, file: bytes | None) -> str:
    fields = {"title": "Another name", "collection": str(kept.collection_id), "tags": "", "duration": "0"}
    if file is not None:
        fields["file"] = SimpleUploadedFile("second.mp4", file, content_type="video/mp4")
    return editor.post(reverse("wagtailmedia:edit", args=[kept.pk]), fields, follow=True).content.decode()


@pytest.mark.parametrize(("is_used", "changes"), [(True, False), (False, True)])
def test_file_of_a_film_on_a_page_is_not_changed_and_one_on_none_is(
    editor: Client, is_used: bool, changes: bool
) -> None:
    kept = film_page().film_file if is_used else film_file()
    before = kept.file.read()
    kept.file.close()

    page = sent_anew(editor, kept, file=mp4(seconds=9))

    stored = FilmFile.objects.get(pk=kept.pk)
    assert ((stored.file.read() != before), STAYS in page) == (changes, not changes)


def test_title_of_a_film_on_a_page_is_changed(editor: Client) -> None:
    kept = film_page().film_file

    page = sent_anew(editor, kept, file=None)

    assert (FilmFile.objects.get(pk=kept.pk).title, STAYS in page) == ("Another name", False)
