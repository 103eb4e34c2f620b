"""Rich text passes the one seam whenever it is stored, whoever wrote it and by whichever way."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Revision
from wagtail.rich_text import RichText

from courses.models import LessonPage
from publishing.loader import load
from reference.blocks import CleanRichTextBlock, PageBody
from reference.reading import words_of
from tests.factories import lesson_page, taught_course
from tests.publishing.parcel import LESSON_UUID, parcel

HOSTILE = '<p onclick="x">Kept <script>alert(1)</script><a href="javascript:1">here</a><iframe src="x"></iframe></p>'
TRACES = ("<script", "onclick", "javascript", "<iframe")
BODY = [
    {"type": "text", "value": HOSTILE},
    {"type": "key_point", "value": {"text": HOSTILE}},
    {"type": "quotation", "value": {"text": HOSTILE, "speaker": "A worker, invented"}},
]


def traces_in(text):
    return [trace for trace in TRACES if trace in text]


@pytest.mark.django_db
def test_a_page_saved_with_hostile_html_stores_none_of_it():
    page = lesson_page(taught_course().module_page, "Hostile", "hostile", body=BODY)

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM courses_lessonpage WHERE page_ptr_id = %s", [page.pk])
        stored = str(cursor.fetchone())

    assert (traces_in(stored), stored.count("Kept")) == ([], 3)


@pytest.mark.django_db
def test_a_draft_revision_with_hostile_html_stores_none_of_it():
    page = taught_course().lessons[0]
    page.body = page.body.stream_block.to_python(BODY)

    revision = page.save_revision()

    stored = str(Revision.objects.get(pk=revision.pk).content["body"])
    assert (traces_in(stored), stored.count("Kept")) == ([], 3)


@pytest.mark.django_db
def test_what_the_loader_writes_passes_the_same_seam():
    load(parcel())
    page = LessonPage.objects.get(activity__uuid=LESSON_UUID)

    blocks = [block.value for block in page.body if block.block_type == "text"]

    assert [str(value.source) for value in blocks] == [
        CleanRichTextBlock().get_prep_value(RichText(value.source)) for value in blocks
    ]


def test_the_form_an_editor_posts_is_cleaned():
    block = CleanRichTextBlock()

    cleaned = block.clean(RichText(HOSTILE))

    assert traces_in(cleaned.source) == []
    assert "Kept" in cleaned.source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 20_481, "This text is too long for one block (over 20 KB). Split it in two."),
        ("<b>" * 21, "This text is nested too deeply (over 20 levels). Paste it again as plain text."),
    ],
)
def test_too_much_is_refused_in_words_at_the_field(text, sentence):
    block = CleanRichTextBlock()

    with pytest.raises(ValidationError) as refused:
        block.clean(RichText(text))

    assert refused.value.messages == [sentence]


def test_an_empty_text_is_stored_as_it_is():
    block = CleanRichTextBlock(required=False)

    stored = block.get_prep_value(RichText(""))

    assert stored == ""


def sections(*keys):
    block = PageBody()
    return block, block.to_python([{"type": "section", "value": {"heading": key, "key": key}} for key in keys])


def test_two_sections_of_one_identifier_are_refused():
    block, value = sections("start", "on", "start")

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(value)

    assert [str(error) for error in refused.value.non_block_errors.as_data()[0].messages] == [
        "Two sections share the identifier start. Give one a new one."
    ]


@pytest.mark.parametrize("key", ["Start", "a b", "ŵ", "-a", "a-", "a_b", "a.b", ""])
def test_an_identifier_of_another_shape_is_refused(key):
    block, value = sections(key)

    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(value)

    assert list(refused.value.block_errors) == [0]


def test_identifiers_of_the_right_shape_pass():
    block, value = sections("start", "where-it-goes-2")

    cleaned = block.clean(value)

    assert [one.value["key"] for one in cleaned] == ["start", "where-it-goes-2"]


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        ([], 0),
        ([{"type": "text", "value": "<p>One two.</p><p>Three</p>"}], 3),
        ([{"type": "section", "value": {"heading": "Two words", "key": "not-counted"}}], 2),
        ([{"type": "key_point", "value": {"text": "<p>One</p>"}}], 1),
        ([{"type": "quotation", "value": {"text": "<p>One</p>", "speaker": "A worker"}}], 3),
        ([{"type": "unknown", "value": 5}], 0),
        ([{"type": "unknown", "value": {"number": 5}}], 0),
    ],
)
def test_words_are_those_a_reader_reads(stream, words):
    counted = words_of(stream)

    assert counted == words
