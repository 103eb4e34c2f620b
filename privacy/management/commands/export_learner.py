"""manage.py export_learner EMAIL [--format html] [--output FILE]"""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from privacy.download import as_html, as_json
from privacy.subjects import NobodyThere, find_subject


class Command(BaseCommand):
    """Everything the site holds about whoever has this address, printed or written to a file only you can read."""

    help = "Print everything the site holds about a person, as JSON or as a page to read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address of the person, or one somebody was invited under")
        parser.add_argument("--format", choices=["json", "html"], default="json", help="json unless told")
        parser.add_argument("--output", help="a file to write, instead of printing; it may not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            subject = find_subject(options["email"])
        except NobodyThere as nobody:
            raise CommandError(str(nobody)) from nobody
        made = as_json if options["format"] == "json" else as_html
        text = made(subject, at=timezone.now())
        if options["output"]:
            _write(Path(options["output"]), text)
        else:
            self.stdout.write(text)


def _write(file: Path, text: str) -> None:
    """Readable by its owner only. Raises CommandError if it is there already or cannot be made."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
            made.write(text)
    except OSError as error:
        raise CommandError(f"{file} could not be written: {error.strerror}.") from error
