"""manage.py rebuild_search"""

from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    """Makes the search index say what the site says; what is right already is not touched."""

    help = "Index everything that can be found, and remove what has gone."

    def handle(self, *args: Any, **options: Any) -> None:
        written, removed = rebuild()
        self.stdout.write(f"Search: {written} written, {removed} removed.")
