"""manage.py queue_age"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Min
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from post.choices import MessageState
from post.models import Message


class Command(BaseCommand):
    """Says how far behind the worker is, for people and for monitoring."""

    help = "Show how long the oldest waiting job and message have waited. Exit 1 if longer than --limit seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=300, help="seconds (default 300)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        late = {
            "periodic jobs": Schedule.objects.aggregate(at=Min("next_run"))["at"],
            "messages": Message.objects.filter(state=MessageState.WAITING).aggregate(at=Min("next_try_at"))["at"],
        }
        ages = {name: max(0, int((now - at).total_seconds())) if at else 0 for name, at in late.items()}
        for name, seconds in ages.items():
            self.stdout.write(f"{name}: {seconds} s behind")
        self.stdout.write(f"queue: {OrmQ.objects.count()} jobs")
        if max(ages.values()) > options["limit"]:
            raise SystemExit(1)
