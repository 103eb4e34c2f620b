"""Rows written again are the rows that were made, and only where nothing else stands (tests/factories/again.py)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from courses.models import Course
from tests.factories import taught_course
from tests.factories.again import again

pytestmark = pytest.mark.django_db


@contextmanager
def as_another_test() -> Iterator[None]:
    """What a test does is undone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_rows_are_made_once_and_the_same_the_second_time() -> None:
    made, found = [], []

    def make() -> None:
        made.append(Course.objects.create(key="one", code="LT-1"))

    for _time in range(2):
        with as_another_test():
            again("one course", make)
            found.append(list(Course.objects.values_list("pk", "key", "code")))

    assert len(made) == 1
    assert found == [[(made[0].pk, "one", "LT-1")]] * 2


def test_where_something_else_stands_they_are_made_for_real() -> None:
    made = []

    def make() -> None:
        made.append(Course.objects.create(key="two", code="LT-2"))

    with as_another_test():
        again("another course", make)
    with as_another_test():
        Course.objects.create(key="other", code="LT-X")
        again("another course", make)
        keys = set(Course.objects.values_list("key", flat=True))

    assert (len(made), keys) == (2, {"other", "two"})


def test_course_written_again_is_whole_and_unchanged_by_who_had_it_before() -> None:
    titles = []

    for _time in range(2):
        with as_another_test():
            taught = taught_course("whole")
            titles.append([lesson.title for lesson in taught.lessons])
            taught.lessons[0].title = "Another title"
            taught.lessons[0].save()

    assert titles == [["Lesson 1", "Lesson 2"]] * 2
