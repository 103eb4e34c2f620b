"""What is read in one moment does not change while it is being read."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections
from toolkit.one_moment import one_moment

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


def rename_meanwhile() -> None:
    """Somebody else renames the group and is done."""

    def rename() -> None:
        Group.objects.update(name="after")
        connections.close_all()

    worker = threading.Thread(target=rename)
    worker.start()
    worker.join()


def test_reader_sees_one_moment_while_somebody_else_writes() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite a reader and a writer of this site never run at once")
    Group.objects.create(name="before")

    with one_moment():
        first = Group.objects.get().name
        rename_meanwhile()
        second = Group.objects.get().name

    assert (first, second, Group.objects.get().name) == ("before", "before", "after")
