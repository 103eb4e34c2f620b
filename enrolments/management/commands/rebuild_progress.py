"""manage.py rebuild_progress"""

from typing import Any

from django.core.management.base import BaseCommand

from enrolments.models import Enrolment
from enrolments.progress import rebuild


class Command(BaseCommand):
    """Recomputes every derived column of progress from the facts; safe to run while people learn."""

    help = "Recompute progress and percentages from what happened. Changes no fact; may be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for enrolment in Enrolment.objects.order_by("pk").iterator():
            rebuild(enrolment)
            count += 1
        self.stdout.write(f"Rebuilt the progress of {count} enrolments.")
