"""manage.py load_content [PATH]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.attachments import read_attachments
from publishing.faults import BadContent
from publishing.loader import Planned, Report, Side, Verdict, in_numbers, load, preview, summary
from publishing.package import read_package


class Command(BaseCommand):
    """Loads a folder or zip of content files; all of it or nothing, and never over what editors wrote."""

    help = "Load course content from a folder or zip (default: content/). What the package lacks is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        sides = parser.add_mutually_exclusive_group()
        sides.add_argument("--take-file", action="store_true", help="where both changed, the file's words win")
        sides.add_argument("--take-site", action="store_true", help="where both changed, the site's words win")

    def handle(self, *args: Any, **options: Any) -> None:
        side = Side.FILE if options["take_file"] else Side.SITE if options["take_site"] else None
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        try:
            texts, files = read_package(options["path"]), read_attachments(options["path"])
            if options["dry_run"]:
                self._tell(preview(texts, files=files, side=side))
            else:
                self._report(load(texts, files=files, side=side))
        except BadContent as bad:
            nothing = "would be" if options["dry_run"] else "was"
            raise CommandError(f"Nothing {nothing} loaded.\n{bad}") from bad

    def _report(self, report: Report) -> None:
        for verdict in (Verdict.LEAVE, Verdict.CONFLICT):
            for thing in report.of(verdict):
                self.stdout.write(f"{thing.path}: {verdict}.")
        self.stdout.write(f"Content: {summary(report)}.")
        if report.count(Verdict.CONFLICT):
            raise CommandError("Conflicts were left as they are. Run again with --take-file or --take-site.")

    def _tell(self, plan: list[Planned]) -> None:
        """A line for each thing that would not stay as it is, then how many of each."""
        for one in plan:
            if one.verdict != Verdict.UNCHANGED:
                self.stdout.write(_line(one))
        self.stdout.write(f"Would be: {in_numbers(one.verdict for one in plan)}. Nothing was changed.")
        if any(one.verdict == Verdict.CONFLICT for one in plan):
            raise CommandError("Conflicts would be left as they are. --take-file or --take-site says who wins.")


def _line(one: Planned) -> str:
    """Its path, with its name where several stand in one file; what would be done; and in which fields."""
    name = (
        one.thing.path
        if ":" in one.thing.key or one.thing.kind in _OWN_FILE
        else (f"{one.thing.path} ({one.thing.key})")
    )
    fields = f" ({', '.join(one.fields)})" if one.fields else ""
    return f"{name}: would be {one.verdict}{fields}."


_OWN_FILE = ("assessment", "item")
