"""manage.py apply_retention [--dry-run]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from privacy.retention import apply_retention


class Command(BaseCommand):
    """What the worker does each night, now; or a report of what it would do."""

    help = "Remove what is older than its rule allows (RETENTION_..._DAYS), except of people on legal hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        removed = apply_retention(at=timezone.now(), dry_run=options["dry_run"])
        heading = "Would be removed" if options["dry_run"] else "Removed"
        self.stdout.write(f"{heading}:" if removed else f"{heading}: nothing.")
        for one in removed:
            self.stdout.write(f"  {one.count:>6}  {one.table} (rule: {one.rule})")
