"""What stands in the library for nothing, and films without captions, for whoever may change them."""

import html
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.models import SiteDocument
from tests.factories import people
from tests.factories.films import film_file, film_page
from tests.publishing.lessons import publisher, signed_in
from tests.publishing.test_reports import rows

pytestmark = pytest.mark.django_db
REPORT = "report_media"


@pytest.fixture
def editor() -> Client:
    return signed_in(publisher(people().dev))


def paper(title: str) -> SiteDocument:
    return SiteDocument.objects.create(title=title, file=ContentFile(b"Words.", name=f"{title}.txt"))


def found(client: Client) -> dict[str, str]:
    return {row[0]: row[2] for row in rows(client, REPORT)[1:]}


def test_film_file_and_paper_that_no_page_uses_are_named_and_used_ones_are_not(editor: Client) -> None:
    film_page("whole", film_file=film_file(title="In use"))
    film_file(title="Left over")
    paper("A form nobody links")

    said = found(editor)

    assert said["Left over"] == said["A form nobody links"] == "No page uses it"
    assert "In use" not in said


def test_film_without_captions_is_named_and_a_whole_one_is_not(editor: Client) -> None:
    film_page("whole")
    bare = film_page("bare")
    type(bare).objects.filter(pk=bare.pk).update(captions="", live=False)

    said = found(editor)

    assert "with captions only" in said[bare.title]
    assert "Film whole" not in said


def test_report_opens_on_the_screen_and_goes_away_for_excel(editor: Client) -> None:
    paper("A form nobody links")

    screen = html.unescape(editor.get(reverse(REPORT)).content.decode())
    response: Any = editor.get(reverse(REPORT), {"export": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert "A form nobody links" in screen
    assert [cell.value for cell in sheet[1]] == ["Title", "Type", "Why", "Address at the desk"]


def test_report_with_nothing_in_it_says_so(editor: Client) -> None:
    screen = html.unescape(editor.get(reverse(REPORT)).content.decode())

    assert "Every picture, paper and film is used, and every film has captions." in screen


def test_number_of_queries_does_not_grow_with_what_is_unused(editor: Client) -> None:
    counts = []

    for number in range(1, 9):
        paper(f"Paper {number}")
        film_page(f"film-{number}")
        if number in (2, 8):
            with CaptureQueriesContext(connection) as asked:
                editor.get(reverse(REPORT))
            counts.append(len(asked))

    assert counts[1] <= counts[0]
