"""manage.py verify_credential CODE"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from credentials.choices import Standing
from credentials.verification import look_up


class Command(BaseCommand):
    """Exit 0 if the credential is valid today; 1, in words, if it is not or nobody knows it."""

    help = "Say whether a certificate code is valid today. Exit 0: valid; 1: expired, suspended, revoked or unknown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="as printed; capitals and hyphens do not matter")

    def handle(self, *args: Any, **options: Any) -> None:
        found = look_up(options["code"], at=timezone.now())
        if found is None:
            self.stderr.write("No certificate has this code.")
            raise SystemExit(1)
        self.stdout.write(f"{found.credential.title}: {found.sentence}")
        if found.standing != Standing.VALID:
            raise SystemExit(1)
