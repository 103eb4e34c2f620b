"""manage.py content_report [PATH]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from publishing.content_report import Figures, figures_of, held_to
from publishing.faults import BadContent
from publishing.kinds import Parsed, kind_of
from publishing.package import read_package


class Command(BaseCommand):
    """Prints what a package of content comes to and which gates it does not hold; exit 1 if there are any."""

    help = "Report on course content in a folder or zip (default: content/): words, minutes, banks, and its gates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=settings.CONTENT_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        try:
            things = parsed(options["path"])
        except BadContent as bad:
            raise CommandError(f"This is not content that could be loaded.\n{bad}") from bad
        self._tell(figures_of(things))
        open_gates = 0
        for name, sentences in held_to(things).items():
            self.stdout.write(f"{name}: {'held' if not sentences else f'{len(sentences)} to mend'}")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
            open_gates += bool(sentences)
        if open_gates:
            raise CommandError(f"{open_gates} gates do not hold.")

    def _tell(self, figures: Figures) -> None:
        self.stdout.write(f"{'page':<66}{'words':>7}{'minutes':>9}{'age':>5}{'words a sentence':>18}")
        for page in figures.pages:
            age = page.reading_age if page.reading_age is not None else "-"
            self.stdout.write(f"{page.path:<66}{page.words:>7}{page.minutes:>9}{age:>5}{page.words_a_sentence:>18}")
        self.stdout.write(f"{len(figures.pages)} pages, {figures.words} words; lessons {figures.minutes} minutes.")
        for bank in figures.banks:
            outcomes = ", ".join(f"{code} {count}" for code, count in bank.by_outcome.items())
            kinds = ", ".join(f"{kind} {count}" for kind, count in bank.by_kind.items())
            self.stdout.write(
                f"bank of {bank.module}, draw of {bank.draw}: {outcomes}; {kinds}; {bank.options} options"
            )
        self.stdout.write(f"terms: {figures.terms}; not yet checked by a practitioner: {figures.unchecked}")


def parsed(path: Path) -> list[Parsed]:
    """Everything a package says. Raises BadContent."""
    found: list[Parsed] = []
    for inside, text in read_package(path).items():
        kind = kind_of(inside)
        if kind is not None:
            found += kind.parse(inside, text)
    return found
