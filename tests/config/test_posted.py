"""A form of the desk that no browser sends: a bad request in words, and nothing written."""

from typing import Any

import pytest
from config.posted import is_as_browsers_send
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from courses.models import LessonPage
from people.models import User
from publishing.drafts import draft_of
from tests.factories import people, taught_course
from tests.publishing.lessons import LATER, drafted, form_of, publisher, signed_in

pytestmark = pytest.mark.django_db
NOT_WHOLE = b"The form did not arrive whole. Please go back and send it again."
WRONG: dict[str, dict[str, Any]] = {
    "a number of blocks that is none": {"body-count": "zzz"},
    "a version that is no number": {"overwrite_revision_id": "x"},
    "a version that is too large": {"overwrite_revision_id": "9" * 30},
    "a block's place that is none": {"body-0-order": "zzz"},
    "rich text that is no JSON": {"body-1-value": "["},
    "rich text without blocks": {"body-1-value": '{"blocks": 7}'},
    "rich text of odd blocks": {"body-1-value": '{"blocks": [{"text": [7]}], "entityMap": 7}'},
    "rich text with a NUL": {"body-1-value": '{"blocks": [{"text": "a\\u0000b"}], "entityMap": {}}'},
    "topics with a NUL": {"content_topics": '["a\\u0000b"]'},
    "topics with half a sign": {"content_topics": '"\\u0000\\ud800"'},
    "topics named by half a sign": {"content_topics": '{"\\ud800": 1}'},
}


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def lesson(dev: User) -> LessonPage:
    return drafted(taught_course().lessons[0], LATER, dev)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("where", ["edit", "check"])
def test_form_of_a_page_that_no_browser_sends_is_a_bad_request_in_words(
    where: str, wrong: str, lesson: LessonPage, dev: User
) -> None:
    client, before = signed_in(dev), PageLogEntry.objects.count()
    client.raise_request_exception = False
    name = "wagtailadmin_pages:edit" if where == "edit" else "publish_checks_of_form"

    answer = client.post(reverse(name, args=[lesson.pk]), {**form_of(lesson, LATER), **WRONG[wrong]})

    assert (answer.status_code, answer.content) == (400, NOT_WHOLE)
    assert PageLogEntry.objects.count() == before
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == lesson.latest_revision_id


def test_topics_of_the_wrong_shape_are_the_form_again_with_a_sentence(lesson: LessonPage, dev: User) -> None:
    form = {**form_of(lesson, LATER), "content_topics": '{"a": 1}'}

    page = signed_in(dev).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)

    assert (page.status_code, "Write a list of short texts" in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("value", "is_sent"),
    [
        ("plain \\u0000 words", True),
        ('"a \\\\u0000 b"', True),
        ('{"text": "\\ud83d\\ude00 😀 Ŵyn"}', True),
        ("[" * 100_000, True),
        ('{"text": "\\ud83d"}', False),
        ("a\0b", False),
    ],
)
def test_texts_within_json_are_looked_at_as_they_will_be_kept(value: str, is_sent: bool) -> None:
    posted = QueryDict(mutable=True)
    posted["text"] = value

    assert is_as_browsers_send(posted) == is_sent


@pytest.mark.parametrize(("chosen", "is_refused"), [("9" * 30, 1), ("x", 1), ("²", 1), ("7", 0), ("all", 0)])
def test_rows_chosen_at_once_by_what_is_no_number_are_a_bad_request(chosen: str, is_refused: int, dev: User) -> None:
    client = signed_in(dev)
    client.raise_request_exception = False

    answer = client.get("/admin/bulk/wagtailcore/page/publish/", {"id": chosen})

    assert (answer.status_code == 400 and answer.content == NOT_WHOLE) is bool(is_refused)
    assert answer.status_code < 500


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "²", "0x7"])
def test_link_to_a_page_whose_number_is_none_is_no_fault_of_ours(number: str, lesson: LessonPage, dev: User) -> None:
    lesson.body = [
        *lesson.body.raw_data,
        {"type": "text", "value": f'<p><a linktype="page" id="{number}">there</a></p>'},
    ]

    assert [link.state for piece in draft_of(lesson).pieces for link in piece.links] == ["outside"]


@pytest.mark.parametrize("address", ["/account/login/", "/ninety-seconds/answer/", "/admin/login/", "/nowhere/"])
def test_form_in_other_letters_is_a_bad_request_in_words(address: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "x" * 32

    answer = client.generic("POST", address, b"a=1", content_type="application/x-www-form-urlencoded; charset=utf-16")

    assert (answer.status_code, answer.content) == (400, NOT_WHOLE)


def test_form_in_parts_that_are_broken_is_a_bad_request_in_words() -> None:
    client = Client(raise_request_exception=False)

    answer = client.generic("POST", "/account/login/", b"--x\r\nbroken", content_type="multipart/form-data; boundary=x")

    assert answer.status_code < 500
