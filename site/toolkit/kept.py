"""What is made from published content once and shown many times, until any of that content changes.

Each process keeps it in its own memory. A stamp in the shared cache stands for the content as it is: whoever saves any
of it takes it away, the next who looks puts another there, and whatever was kept under the old one is never found
again, on any host. A day ends it as well, because pages say what is past its date. Why not by page:
docs/decisions/0021-kept-pages.md.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import uuid4

from django.core.cache import cache, caches
from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal

from toolkit.days import site_day

STAMP = "content-stamp"
MEMORY = "memory"  # the cache of this process, see CACHES in the settings
Made = TypeVar("Made")


def stamp() -> str:
    """Stands for the published content as it is now, and for today. One query where the shared cache is a table."""
    found = cache.get(STAMP) or cache.get_or_set(STAMP, lambda: uuid4().hex, timeout=None)
    return f"{found}:{site_day()}"


def content_changed(**_of_a_signal: Any) -> None:
    """Forget what was kept: at once for this transaction, and once more when others can see what it did."""
    _forget()
    if not any(planned[1] is _forget for planned in connection.run_on_commit):
        transaction.on_commit(_forget)


def _forget() -> None:
    """Whoever looks next puts a new stamp there: one short statement now, however much is saved."""
    cache.delete(STAMP)


def follow(*followed: type[models.Model] | Signal) -> None:
    """From now on a change of these rows, or one of these signals, is a change of the content."""
    for one in followed:
        if isinstance(one, Signal):
            one.connect(content_changed, dispatch_uid="toolkit.kept")
        else:
            post_save.connect(content_changed, sender=one, dispatch_uid=f"toolkit.kept.{one._meta.label}")
            post_delete.connect(content_changed, sender=one, dispatch_uid=f"toolkit.kept.{one._meta.label}")


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` returns, which must not be None and must be picklable; made now only if it is not kept."""
    place = place_of(name, stamp())
    found = caches[MEMORY].get(place)
    if found is None:
        found = make()
        keep(place, found)
    return cast(Made, found)


def place_of(name: str, under: str) -> str:
    """Where something of this name is kept under a stamp."""
    return hashlib.sha256(f"{under}:{name}".encode()).hexdigest()


def found_at(place: str) -> Any:
    """What is kept there, or None."""
    return caches[MEMORY].get(place)


def keep(place: str, made: Any) -> None:
    """Keep it there, until there is no room for it."""
    caches[MEMORY].set(place, made, timeout=None)
