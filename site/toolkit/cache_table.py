"""The shared cache's table is made with the others, so that `migrate` is all a new database needs."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command


def make_cache_table(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Make the table of a database cache where there is none; nothing for other caches.

    The signal comes once for each app with models, and the toolkit has none, so one of Django's is answered.
    """
    if sender.label == "contenttypes":
        call_command("createcachetable", database=using, verbosity=0)
