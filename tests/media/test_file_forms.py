"""What stands on a page keeps its file: another one under its name would go live past every check and reader."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from media.films import FilmFile
from tests.factories import people, taught_course
from tests.factories.films import film_file, film_page
from tests.media.footage import mp4

pytestmark = pytest.mark.django_db
STAYS = "This file is used on a page or in a question, so it stays."


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


IMAGES, DOCUMENTS = get_image_model(), get_document_model()


def picture(colour: str) -> ContentFile[bytes]:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), name="drawn.png")


def an_image(*, is_used: bool) -> Any:
    made = IMAGES.objects.create(title="Red", file=picture("red"))
    if is_used:
        film_page(poster=made, poster_alt="A red field.")
    return made


def a_document(*, is_used: bool) -> Any:
    made = DOCUMENTS.objects.create(title="Handout", file=ContentFile(b"words", name="handout.txt"))
    if is_used:
        words = f'<p><a linktype="document" id="{made.pk}">handout</a></p>'
        page = taught_course().lessons[0]
        page.body = [{"type": "text", "value": words}]
        page.save()
    return made


KINDS: dict[str, tuple[Any, str, Any]] = {
    "image": (an_image, "wagtailimages:edit", lambda: picture("blue")),
    "document": (a_document, "wagtaildocs:edit", lambda: ContentFile(b"other words", name="second.txt")),
}


def changed(editor: Client, kind: str, *, is_used: bool, file: bool) -> tuple[str, bool, bool]:
    """A title and perhaps another file, sent to what is or is not on a page: its title then, whether the file is
    another, and whether the page says that it stays."""
    make, address, other = KINDS[kind]
    kept = make(is_used=is_used)
    before = kept.file.read()
    kept.file.close()
    fields = {"title": "Another name", "collection": str(kept.collection_id), "tags": "", "credit": ""}
    more = {"file": other()} if file else {}
    page = editor.post(reverse(address, args=[kept.pk]), {**fields, **more}, follow=True).content.decode()
    stored = type(kept).objects.get(pk=kept.pk)
    return stored.title, stored.file.read() != before, STAYS in page


@pytest.mark.parametrize("kind", KINDS)
def test_file_of_an_image_or_document_on_a_page_is_not_changed(editor: Client, kind: str) -> None:
    title, is_other, is_said = changed(editor, kind, is_used=True, file=True)

    assert (is_other, is_said, title != "Another name") == (False, True, True)


@pytest.mark.parametrize("kind", KINDS)
def test_file_of_an_image_or_document_on_no_page_is_changed(editor: Client, kind: str) -> None:
    assert changed(editor, kind, is_used=False, file=True) == ("Another name", True, False)


@pytest.mark.parametrize("kind", KINDS)
def test_title_of_an_image_or_document_on_a_page_is_changed(editor: Client, kind: str) -> None:
    assert changed(editor, kind, is_used=True, file=False) == ("Another name", False, False)
