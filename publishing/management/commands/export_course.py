"""manage.py export_course SLUG DIR|ZIP"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.exporter import CannotExport, export
from publishing.packing import CannotPut


class Command(BaseCommand):
    """Writes a course as a package of content files that load_content reads; all of it or nothing."""

    help = "Write a course, as readers have it, to a new folder or zip that load_content reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the course's key, such as foundation")
        parser.add_argument("target", type=Path, help="a folder that is not there yet or is empty, or a new file .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exported = export(options["slug"], options["target"])
        except CannotExport as cannot:
            raise CommandError(f"Nothing was exported.\n{cannot}") from cannot
        except CannotPut as cannot:
            raise CommandError(str(cannot)) from cannot
        for line in exported.notes.left_out:
            self.stdout.write(f"Left out: {line}")
        for line in exported.notes.warned:
            self.stdout.write(line)
        count = len(exported.texts) + len({one.path for one in exported.files})
        self.stdout.write(f"{options['target']}: {count} files.")
