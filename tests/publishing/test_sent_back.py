"""Whoever may read a change is written to; a reader who cannot let it through sends it back with the reason."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from audit.models import AuditEntry
from courses.models import LessonPage
from people.models import User
from post.models import Message
from publishing.models import SecondReading
from tests.factories import people, taught_course
from tests.factories.people import person
from tests.publishing.lessons import BEFORE, LATER, NOTE, drafted, published, publisher, said, shown, signed_in
from tests.publishing.test_reading import print_of, screen

pytestmark = pytest.mark.django_db
WHY = "Say which day the fourteen are counted from."


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def ann() -> User:
    return publisher(person("Ann Lee"))


@pytest.fixture
def asked(dev: User, ann: User) -> LessonPage:
    """A change of substance for which Dev has asked a reader; Ann may be one."""
    page = drafted(published(taught_course().lessons[0], BEFORE), LATER, dev)
    signed_in(dev).post(screen(page), {"note": NOTE})
    return page


def back(page: LessonPage, by: User, because: str = WHY, **changed: Any) -> Any:
    form = {"back": "1", "because": because, "shown": print_of(page), **changed}
    return signed_in(by).post(screen(page), form, follow=True)


def first_screen(who: User) -> str:
    return said(signed_in(who).get(reverse("wagtailadmin_home")))


def letters(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("address", flat=True))


def test_everybody_who_may_read_it_is_written_to_and_nobody_else(asked: LessonPage, dev: User, ann: User) -> None:
    letter = Message.objects.get(kind="second_reader_asked")

    assert letter.person == ann
    assert (NOTE in letter.text, screen(asked) in letter.text, dev.name in letter.text) == (True, True, True)


def test_who_may_not_publish_or_wrote_a_part_or_has_left_is_not_written_to(dev: User, ann: User) -> None:
    junior, gone, writer = person("Jo Junior"), publisher(person("Gwen Gone")), publisher(person("Wyn Writer"))
    junior.groups.add(Group.objects.get(name="Editors"))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    lesson = published(taught_course().lessons[0], BEFORE)
    drafted(lesson, LATER, writer)
    page = drafted(lesson, LATER.replace("met", "sat"), dev)

    signed_in(dev).post(screen(page), {"note": NOTE})

    assert letters("second_reader_asked") == [ann.email]


def test_changing_the_note_writes_to_nobody_twice(asked: LessonPage, dev: User) -> None:
    signed_in(dev).post(screen(asked), {"note": "The panel now meets sooner."})

    assert Message.objects.filter(kind="second_reader_asked").count() == 1


def test_reader_sends_it_back_and_its_writer_is_told_why(asked: LessonPage, dev: User, ann: User) -> None:
    response = back(asked, ann)

    reading = SecondReading.objects.get()
    letter = Message.objects.get(kind="change_sent_back")
    assert f"went back to {dev.name}" in said(response)
    assert (reading.sent_back_by, reading.sent_back_because, reading.read_at) == (ann, WHY, None)
    assert (letter.person, WHY in letter.text, ann.name in letter.text) == (dev, True, True)
    assert AuditEntry.objects.get(act="change_sent_back").actor == ann
    assert shown(asked) == BEFORE


def test_it_stands_on_the_writers_first_screen_and_beside_the_draft_until_they_ask_again(
    asked: LessonPage, dev: User, ann: User
) -> None:
    back(asked, ann)
    first, beside = first_screen(dev), said(signed_in(dev).get(screen(asked)))
    assert "Your drafts that cannot be published yet" not in first  # it is told of once
    signed_in(dev).post(screen(asked), {"note": NOTE})

    assert ("Changes of yours that were sent back" in first, WHY in first, WHY in beside) == (True, True, True)
    assert WHY not in first_screen(dev)
    assert WHY not in said(signed_in(dev).get(screen(asked)))


def test_what_was_sent_back_waits_for_no_reader_until_it_is_asked_for_again(
    asked: LessonPage, dev: User, ann: User
) -> None:
    heading = "Changes that wait for a second reader"
    before = heading in first_screen(ann)
    back(asked, ann)
    meanwhile = heading in first_screen(ann)
    signed_in(dev).post(screen(asked), {"note": NOTE})

    assert (before, meanwhile, heading in first_screen(ann)) == (True, False, True)
    assert SecondReading.objects.count() == 2
    assert Message.objects.filter(kind="second_reader_asked").count() == 2


def test_same_draft_may_be_read_and_published_after_it_was_sent_back(asked: LessonPage, dev: User, ann: User) -> None:
    back(asked, ann)
    signed_in(dev).post(screen(asked), {"note": NOTE})

    signed_in(ann).post(screen(asked), {"note": NOTE, "shown": print_of(asked)})

    assert shown(asked) == LATER


def test_sending_back_without_a_reason_says_so_and_keeps_the_change_waiting(asked: LessonPage, ann: User) -> None:
    response = back(asked, ann, because="  ")

    assert (response.status_code, SecondReading.objects.get().sent_back_at) == (422, None)
    assert "Say in a sentence what should change." in said(response)


def test_reason_is_not_lost_where_the_draft_went_on_meanwhile(asked: LessonPage, dev: User, ann: User) -> None:
    old = print_of(asked)
    drafted(asked, LATER.replace("met", "sat"), dev)

    response = back(asked, ann, shown=old)

    assert (response.status_code, SecondReading.objects.get().sent_back_at) == (422, None)
    assert WHY in said(response)


def test_nobody_sends_back_what_they_wrote_or_may_not_publish(asked: LessonPage, dev: User) -> None:
    junior = person("Jo Junior")
    junior.groups.add(Group.objects.get(name="Editors"))

    statuses = [back(asked, who).status_code for who in (dev, junior)]

    assert (statuses, SecondReading.objects.get().sent_back_at) == ([422, 422], None)


def test_second_of_two_readers_who_send_it_back_at_once_is_told_that_nobody_waits(asked: LessonPage, ann: User) -> None:
    other = publisher(person("Bo Birch"))
    back(asked, ann)

    late = back(asked, other, because="Too late.")

    assert (late.status_code, SecondReading.objects.get().sent_back_by) == (422, ann)
    assert "Nobody waits for a second reader of this any more." in said(late)
    assert "Too late." in said(late)


def test_letter_speaks_the_language_of_its_reader(dev: User, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(language="cy")
    page = drafted(published(taught_course().lessons[0], BEFORE), LATER, dev)

    signed_in(dev).post(screen(page), {"note": NOTE})

    assert Message.objects.get(kind="second_reader_asked").language == "cy"
