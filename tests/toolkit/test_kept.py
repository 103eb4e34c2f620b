"""What is kept is made once, until the content changes for whoever looks."""

from threading import Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from toolkit.kept import content_changed, kept, stamp

from reference.models import Source


class _Made:
    """Counts how often it was made."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        return self.count


@pytest.mark.django_db
def test_kept_is_made_once_and_anew_after_a_change() -> None:
    made = _Made()

    first = [kept("a list", made), kept("a list", made)]
    content_changed()

    assert (*first, kept("a list", made)) == (1, 1, 2)


@pytest.mark.django_db
def test_names_are_kept_apart() -> None:
    made = _Made()

    assert [kept("one", made), kept("another", made)] == [1, 2]


@pytest.mark.django_db
def test_saved_and_deleted_row_of_content_is_a_change() -> None:
    stamps = [stamp()]
    source = Source.objects.create(key="kept", title="A source")
    stamps.append(stamp())
    source.delete()
    stamps.append(stamp())

    assert len(set(stamps)) == 3


@pytest.mark.django_db
def test_stamp_lost_by_the_cache_is_a_new_one() -> None:
    before = stamp()
    cache.clear()

    assert stamp() != before


@pytest.mark.django_db(transaction=True)
def test_others_see_a_change_when_it_is_committed_and_not_before() -> None:
    before = stamp()

    with transaction.atomic():
        content_changed()
        within = stamp()
        meanwhile = _of_somebody_else() if connection.vendor == "postgresql" else before
    after = stamp()

    assert meanwhile == before
    assert len({before, within, after}) == 3


@pytest.mark.django_db(transaction=True)
def test_change_taken_back_leaves_the_stamp_as_it_was() -> None:
    before = stamp()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        content_changed()
        _ = 1 / 0

    assert stamp() == before


def _of_somebody_else() -> str:
    """The stamp as another connection sees it."""
    seen: list[str] = []

    def look() -> None:
        seen.append(stamp())
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    return seen[0]
