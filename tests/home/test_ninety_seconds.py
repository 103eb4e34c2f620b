"""“Try it: 90 seconds” without account, cookie or script: the ending comes after the rating, and nothing is kept."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.models import TryPage
from publishing.faults import BadContent
from publishing.loader import load
from publishing.package import read_package
from tests.factories.again import again
from tests.publishing.parcel import parcel

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/ninety-seconds/", "/ninety-seconds/answer/"
DECISION, ENDING, MEANING = "has the dentist", "kicked a door in", "outcome bias"


@pytest.fixture(autouse=True)
def _content() -> None:
    again("ninety seconds", _load)


def _load() -> None:
    package = read_package(settings.SITE.parent / "content")
    wanted = ("pages/ninety-seconds", "pages/home.md", "reference/")
    load({path: text for path, text in package.items() if path.startswith(wanted)})


def _post(client: Client, **fields: str) -> tuple[int, str, Any]:
    response = client.post(ANSWER, fields)
    return response.status_code, response.content.decode(), response


def test_first_page_tells_the_decision_and_nothing_of_the_end(client: Client) -> None:
    response = client.get(PAGE)

    page = response.content.decode()
    assert (response.status_code, DECISION in page, ENDING in page, MEANING in page) == (200, True, False, False)


def test_first_rating_brings_the_ending_and_not_yet_its_name(client: Client) -> None:
    status, page, _response = _post(client, first="7")

    assert (status, ENDING in page, MEANING in page) == (200, True, False)
    assert '<input type="hidden" name="first" value="7">' in page


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("7", "3", ["You moved from 7 down to 3", "Only the ending is new."]),
        ("3", "7", ["You moved from 3 up to 7", "pulled you the other way"]),
        ("5", "5", ["You stayed at 5", "You judged the decision and not its ending."]),
    ],
)
def test_second_rating_brings_the_shift_in_words_and_what_it_is_called(
    client: Client, first: str, again: str, said: list[str]
) -> None:
    status, page, _response = _post(client, first=first, ended="1", again=again)

    assert status == 200
    assert [words for words in [*said, MEANING, "hindsight bias"] if words not in page] == []


@pytest.mark.parametrize(
    ("fields", "hidden"), [({}, ENDING), ({"first": "eleven"}, ENDING), ({"first": "7", "ended": "1"}, MEANING)]
)
def test_rating_that_is_missing_is_asked_for_and_tells_nothing_more(
    client: Client, fields: dict[str, str], hidden: str
) -> None:
    status, page, _response = _post(client, **fields)

    assert (status, hidden in page) == (422, False)
    assert page.count("Choose a number from 0 to 10.") == 2
    assert "<title>Error:" in page


def test_address_of_the_answer_leads_a_visitor_back_to_the_page(client: Client) -> None:
    assert client.get(ANSWER)["Location"] == PAGE


def test_nothing_is_written_and_no_cookie_is_set(client: Client) -> None:
    client.get(PAGE)  # Wagtail keeps the site's roots in the cache from the first page on

    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
        _post(client, first="7")
        _status, _page, response = _post(client, first="7", ended="1", again="2")

    written = [one["sql"] for one in captured if not one["sql"].lstrip().upper().startswith("SELECT")]
    assert (written, dict(client.cookies), dict(response.cookies)) == ([], {}, {})


def test_page_kept_back_at_the_desk_is_told_to_nobody_by_its_form(client: Client) -> None:
    PageViewRestriction.objects.create(page=TryPage.objects.get(), restriction_type=PageViewRestriction.LOGIN)

    status, page, _response = _post(client, first="7")

    assert (status, ENDING in page) == (404, False)


def test_page_needs_its_three_sections() -> None:
    page = TryPage.objects.get()
    page.body = page.body.stream_block.to_python(list(page.body.raw_data)[:3])

    with pytest.raises(ValidationError, match="three sections"):
        page.full_clean()


def test_file_without_its_three_sections_is_refused() -> None:
    text = (
        "---\nuuid: 00000000-0000-4000-8000-0000000000f1\nslug: ninety-seconds\ntitle: Try\nlead: Lead.\n"
        "content_notice: 0\ncontent_topics: []\ndrafted_by: The project\ndrafted_on: 2026-11-25\nchecked_by:\n"
        "checked_on:\nsources: []\n---\n\n## One {#decision}\n\nText.\n"
    )

    with pytest.raises(BadContent) as refused:
        load({**parcel(), "pages/ninety-seconds.md": text})

    assert "the sections of this page are decision, ending, meaning" in str(refused.value)
