"""manage.py content_report [PATH]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.content_report import held_to, written
from publishing.faults import BadContent
from publishing.kinds import Parsed, kind_of
from publishing.package import read_package


class Command(BaseCommand):
    """Prints what a package of content comes to and which gates it does not hold; exit 1 if there are any."""

    help = "Report on course content in a folder or zip (default: content/): words, minutes, banks, and its gates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures to a file, not to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        try:
            things = parsed(options["path"])
        except BadContent as bad:
            raise CommandError(f"This is not content that could be loaded.\n{bad}") from bad
        if options["write"]:
            options["write"].write_text(written(things), encoding="utf-8")
        else:
            self.stdout.write(written(things))
        open_gates = 0
        for name, sentences in held_to(things).items():
            self.stdout.write(f"{name}: {'held' if not sentences else f'{len(sentences)} to mend'}")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
            open_gates += bool(sentences)
        if open_gates:
            raise CommandError(f"{open_gates} gates do not hold.")


def parsed(path: Path) -> list[Parsed]:
    """Everything a package says. Raises BadContent."""
    found: list[Parsed] = []
    for inside, text in read_package(path).items():
        kind = kind_of(inside)
        if kind is not None:
            found += kind.parse(inside, text)
    return found
