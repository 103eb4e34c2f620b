"""What editors say to each other beside a lesson: left, answered, resolved, and seen by nobody who reads it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, CommentReply, PageLogEntry

from courses.models import LessonPage
from people.models import User
from publishing.fact_checks import address_of, ask
from tests.factories import cohort, enrolment, people, taught_course
from tests.factories.people import NOON, person
from tests.publishing.lessons import (
    BEFORE,
    LATER,
    NOTE,
    drafted,
    form_of,
    published,
    publisher,
    said,
    shown,
    signed_in,
)
from tests.publishing.parcel import loaded, parcel
from tests.publishing.test_fact_checks import in_days
from tests.publishing.test_reading import print_of, screen

pytestmark = pytest.mark.django_db
WORDS, ANSWER = "Heronwords: who counted?", "Kestrelwords: the clerk did."


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def ann() -> User:
    return publisher(person("Ann Lee"))


@pytest.fixture
def lesson() -> LessonPage:
    return published(taught_course().lessons[0], BEFORE)


def place_of(page: LessonPage) -> str:
    """The second block of the text, as the editor names it."""
    return f"body.{page.body.raw_data[1]['id']}"


def a_comment(number: int, page: LessonPage, text: str, **more: Any) -> dict[str, str]:
    """One comment as the editor's form sends it, with its answers."""
    name = f"comments-{number}"
    fields = {"text": text, "contentpath": place_of(page), "position": "", "id": "", "DELETE": "", "resolved": ""}
    answers = {"replies-TOTAL_FORMS": "0", "replies-INITIAL_FORMS": "0"}
    return {f"{name}-{field}": str(value) for field, value in {**fields, **answers, **more}.items()}


def save(page: LessonPage, by: User, comment: dict[str, str], *, known: int = 0, text: str | None = None) -> Any:
    page = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    words = text or str(page.body[1].value.source)
    counted = {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": str(known)}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return signed_in(by).post(address, {**form_of(page, words), **comment, **counted}, follow=True)


def left(page: LessonPage, by: User) -> Comment:
    save(page, by, a_comment(0, page, WORDS))
    return Comment.objects.get()


def answered(page: LessonPage, by: User, comment: Comment) -> None:
    reply = {"replies-TOTAL_FORMS": 1, "replies-0-text": ANSWER, "replies-0-id": "", "replies-0-DELETE": ""}
    save(page, by, a_comment(0, page, comment.text, id=comment.pk, **reply), known=1)


def test_comment_on_a_block_is_kept_with_its_answer_and_its_author(lesson: LessonPage, dev: User, ann: User) -> None:
    comment = left(lesson, dev)
    answered(lesson, ann, comment)

    comment.refresh_from_db()
    assert (comment.user, comment.text, comment.contentpath) == (dev, WORDS, place_of(lesson))
    assert [(one.user, one.text) for one in comment.replies.all()] == [(ann, ANSWER)]
    assert comment.has_valid_contentpath(lesson)


def test_comment_is_resolved_by_somebody_else_and_its_words_are_nobody_elses_to_change(
    lesson: LessonPage, dev: User, ann: User
) -> None:
    comment = left(lesson, dev)

    save(lesson, ann, a_comment(0, lesson, "Annwords", id=comment.pk), known=1)
    kept = Comment.objects.get().text
    save(lesson, ann, a_comment(0, lesson, WORDS, id=comment.pk, resolved="true"), known=1)

    comment.refresh_from_db()
    assert (kept, comment.text, comment.resolved_by, comment.resolved_at is not None) == (WORDS, WORDS, ann, True)
    assert PageLogEntry.objects.filter(page=lesson.pk, action="wagtail.comments.resolve").count() == 1


def test_comments_are_on_no_page_anybody_reads(lesson: LessonPage, dev: User, ann: User, client: Client) -> None:
    comment = left(lesson, dev)
    answered(lesson, ann, comment)
    lesson.get_latest_revision().publish()
    amina = person("Amina Reads")
    enrolment(amina, cohort(lesson.activity.course))
    page = LessonPage.objects.get(pk=lesson.pk)
    check = ask(page, reader="Gwen Ray", question="Is it right?", open_until=in_days(3), by=dev, at=NOON)

    trainee, writer = signed_in(amina), signed_in(dev)
    pages = {
        "stranger": client.get(page.url),
        "trainee": trainee.get(page.url),
        "outside reader": client.get(address_of(check)),
        "preview": writer.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])),
        "editor on the live page": writer.get(page.url),
    }

    assert {who: ("Teh group" in said(one), "words:" in said(one)) for who, one in pages.items()} == {
        "stranger": (False, False),
        "trainee": (True, False),
        "outside reader": (True, False),
        "preview": (True, False),
        "editor on the live page": (True, False),
    }


def test_comments_are_in_no_course_package(dev: User, ann: User, tmp_path: Path) -> None:
    loaded(parcel())
    page = LessonPage.objects.get()
    place = f"body.{page.body.raw_data[0]['id']}"
    without = package(tmp_path / "without")
    commented = Comment(user=dev, text=WORDS, contentpath=place)
    commented.replies.add(CommentReply(user=ann, text=ANSWER))
    page.wagtail_admin_comments.add(commented)
    page.save_revision(user=dev).publish()

    packed = package(tmp_path / "with")

    assert (Comment.objects.count(), CommentReply.objects.count(), packed) == (1, 1, without)


def package(to: Path) -> dict[str, str]:
    call_command("export_course", "small", str(to), stdout=io.StringIO())
    return {str(file.relative_to(to)): file.read_text() for file in sorted(to.rglob("*")) if file.is_file()}


def test_second_reader_who_comments_has_written_nothing_of_the_change(lesson: LessonPage, dev: User, ann: User) -> None:
    page = drafted(lesson, LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})
    was = print_of(page)

    left(page, ann)
    now = print_of(LessonPage.objects.get(pk=page.pk))
    signed_in(ann).post(screen(page), {"note": NOTE, "shown": now})

    assert (was, shown(lesson)) == (now, LATER)
    assert Comment.objects.get().user == ann
