"""manage.py queue_age"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django_q.models import OrmQ

from config.queue import seconds_behind


class Command(BaseCommand):
    """Says how far behind the worker is, for people and for monitoring."""

    help = "Show how long the oldest waiting job and message have waited. Exit 1 if longer than --limit seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=300, help="seconds (default 300)")

    def handle(self, *args: Any, **options: Any) -> None:
        behind = seconds_behind(timezone.now())
        for name, seconds in behind.items():
            self.stdout.write(f"{name}: {seconds} s behind")
        self.stdout.write(f"queue: {OrmQ.objects.count()} jobs")
        if max(behind.values()) > options["limit"]:
            raise SystemExit(1)
