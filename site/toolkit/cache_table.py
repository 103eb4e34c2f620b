"""The shared cache's table: made with the others, so that `migrate` is all a new database needs, and swept at night."""

from typing import Any

from django.apps import AppConfig
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone


def make_cache_table(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Make the table of a database cache where there is none; nothing for other caches.

    The signal comes once for each app with models, and the toolkit has none, so one of Django's is answered.
    """
    if sender.label == "contenttypes":
        call_command("createcachetable", database=using, verbosity=0)


def sweep() -> int:
    """Remove what has run out from a database cache, which else keeps it; returns how many entries. Nothing elsewhere.

    Entries that count tries are named after the address or the account they count.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    table, expires = connection.ops.quote_name("shared_cache"), connection.ops.quote_name("expires")
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [now])  # noqa: S608  (two names of ours)
        return int(cursor.rowcount)
