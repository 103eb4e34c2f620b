"""manage.py restore FILE"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.archive import BackupRefused
from config.backup.restoring import restore_backup


class Command(BaseCommand):
    """Into an empty place only; a damaged file changes nothing."""

    help = "Check FILE, made by `backup`, and fill this site's empty database and storages from it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a backup")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["file"].absolute())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"The database and {len(manifest.parts) - 1} files are back as they were at {manifest.made_at}. "
            "Next: manage.py migrate, then erase again whoever was erased since."
        )
