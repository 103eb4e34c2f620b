"""Least and most read: lessons by how many trainees opened them, and nobody told apart."""

import pytest
from django.test import Client

from courses.models import LessonPage
from enrolments.progress import note_seen
from tests.factories import NOON, cohort, enrolment, people, person, taught_course
from tests.publishing.lessons import publisher, signed_in
from tests.publishing.test_reports import rows

pytestmark = pytest.mark.django_db


def opened(lesson: LessonPage, by: int, group: object) -> None:
    for number in range(by):
        run = enrolment(person(f"Reader {lesson.pk} {number}"), group)
        note_seen(run, lesson.activity, digest=lesson.content_digest, at=NOON)


@pytest.fixture
def editor() -> Client:
    return signed_in(publisher(people().dev))


def test_lessons_come_by_how_many_opened_them_the_least_first(editor: Client) -> None:
    taught = taught_course()
    group, (first, second, *_rest) = cohort(taught.course), taught.lessons
    opened(first, 6, group)
    opened(second, 2, group)

    said = {row[0]: row[3] for row in rows(editor, "report_readership")[1:]}

    assert said[first.title] == "Opened by 6 trainees"
    assert said[second.title] == "Opened by fewer than 5 trainees"
    titles = list(said)
    assert titles.index(second.title) < titles.index(first.title)


def test_below_five_neither_words_nor_order_tell_how_many_or_whether_anybody(editor: Client) -> None:
    taught = taught_course()
    first, second, *rest = taught.lessons
    opened(first, 4, cohort(taught.course))
    opened(second, 1, cohort(taught.course))

    said = rows(editor, "report_readership")[1:]

    assert {row[3] for row in said} == {"Opened by fewer than 5 trainees"}
    assert [row[0] for row in said] == sorted(page.title for page in (first, second, *rest))


def test_no_reader_is_named(editor: Client) -> None:
    taught = taught_course()
    opened(taught.lessons[0], 1, cohort(taught.course))

    assert "Reader" not in str(rows(editor, "report_readership"))
