"""A channel, and films in it, whole enough to be published."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from media.models import Film, FilmFile, FilmIndexPage, FilmPage
from tests.factories.courses import front_page
from tests.media.footage import mp4

CAPTIONS = "WEBVTT\n\n00:00:02.000 --> 00:00:06.000\n<v Narrator>The file says: no answer.\n"
TRANSCRIPT = [
    {"at": 0, "kind": "visual", "text": "A kitchen. A red book is closed.", "speaker": ""},
    {"at": 2, "kind": "speech", "text": "The file says: no answer.", "speaker": "Narrator"},
    {"at": 30.5, "kind": "speech", "text": "The kettle was on.", "speaker": "Health visitor"},
]
CHAPTERS = [{"at": 0, "title": "As the file tells it"}, {"at": 30, "title": "As it looked"}]


def channel() -> FilmIndexPage:
    """The English channel at /films/; made once."""
    if existing := FilmIndexPage.objects.filter(language="en").first():
        return existing
    page = FilmIndexPage(title="Films", slug="films", lead="Short films.")
    front_page().add_child(instance=page)
    return page


def film_file(content: bytes | None = None, title: str = "A file") -> FilmFile:
    """A stored film of sixty seconds, or with the content given."""
    made = FilmFile(title=title, file=ContentFile(mp4() if content is None else content, name="upload.bin"))
    made.save()
    return made


def film_page(slug: str = "second-look", parent: Page | None = None, **fields: Any) -> FilmPage:
    """A live film of sixty seconds, in the channel unless a parent is given, saved with a revision."""
    given: dict[str, Any] = {
        "title": f"Film {slug}",
        "lead": f"About {slug}.",
        "captions": CAPTIONS,
        "transcript": TRANSCRIPT,
        "chapters": CHAPTERS,
        "audience": ["practitioners"],
        "topics": ["hindsight"],
        **fields,
    }
    if "film_file" not in given and not given.get("embed_address"):
        given["film_file"] = film_file()
    page = FilmPage(slug=slug, **given)
    (parent or channel()).add_child(instance=page)
    page.save_revision().publish()
    return FilmPage.objects.get(pk=page.pk)


def film_of(page: FilmPage) -> Film:
    """The film's row as the database has it now."""
    return Film.objects.get(pk=page.film_id)
