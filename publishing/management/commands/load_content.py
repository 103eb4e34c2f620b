"""manage.py load_content [PATH]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.attachments import read_attachments
from publishing.faults import BadContent
from publishing.loader import Side, Verdict, load, summary
from publishing.package import read_package


class Command(BaseCommand):
    """Loads a folder or zip of content files; all of it or nothing, and never over what editors wrote."""

    help = "Load course content from a folder or zip (default: content/). What the package lacks is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=settings.CONTENT_DIR)
        sides = parser.add_mutually_exclusive_group()
        sides.add_argument("--take-file", action="store_true", help="where both changed, the file's words win")
        sides.add_argument("--take-site", action="store_true", help="where both changed, the site's words win")

    def handle(self, *args: Any, **options: Any) -> None:
        side = Side.FILE if options["take_file"] else Side.SITE if options["take_site"] else None
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        try:
            report = load(read_package(options["path"]), files=read_attachments(options["path"]), side=side)
        except BadContent as bad:
            raise CommandError(f"Nothing was loaded.\n{bad}") from bad
        for verdict in (Verdict.LEAVE, Verdict.CONFLICT):
            for thing in report.of(verdict):
                self.stdout.write(f"{thing.path}: {verdict}.")
        self.stdout.write(f"Content: {summary(report)}.")
        if report.count(Verdict.CONFLICT):
            raise CommandError("Conflicts were left as they are. Run again with --take-file or --take-site.")
