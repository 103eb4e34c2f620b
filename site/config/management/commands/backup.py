"""manage.py backup FILE"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup.archive import BackupRefused
from config.backup.making import make_backup


class Command(BaseCommand):
    """One file with everything in it that people made; only its owner may read it."""

    help = "Write the database and all stored files to a new FILE, while people go on writing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file; keep it as safe as the site itself")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].absolute()
        try:
            manifest = make_backup(path, at=timezone.now())
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: the database and {len(manifest.parts) - 1} files, {size:.1f} MB.")
