"""manage.py erase_learner EMAIL [--dry-run] [--yes]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from privacy.choices import RemovalCause
from privacy.erasure import Removed, erase
from privacy.holds import OnHold
from privacy.readable import title_of
from privacy.subjects import NobodyThere, find_subject


class Command(BaseCommand):
    """Erase in place; asks first unless told --yes. An unknown address and a legal hold end non-zero."""

    help = "Erase everything that says who a person is. Certificates keep verifying, without the name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address of the person, or one somebody was invited under")
        parser.add_argument("--dry-run", action="store_true", help="say what would be erased, and erase nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            subject = find_subject(options["email"])
            would = erase(subject, at=timezone.now(), cause=RemovalCause.ASKED, dry_run=True)
            self._list("Would be erased", would)
            if options["dry_run"]:
                return
            if not options["yes"] and not _confirmed(options["email"]):
                raise CommandError("Nothing was erased.")
            self._list("Erased", erase(subject, at=timezone.now(), cause=RemovalCause.ASKED))
        except (NobodyThere, OnHold) as refused:
            raise CommandError(str(refused)) from refused

    def _list(self, heading: str, removed: list[Removed]) -> None:
        self.stdout.write(f"{heading}:" if removed else f"{heading}: nothing.")
        for one in removed:
            self.stdout.write(f"  {one.count:>6}  {title_of(one.table)}")


def _confirmed(address: str) -> bool:
    """Whoever runs this types the address once more; without a keyboard the answer is no."""
    try:
        typed = input(f"This cannot be undone. Type {address} to erase: ")
    except EOFError:
        return False
    return typed.strip().lower() == address.strip().lower()
