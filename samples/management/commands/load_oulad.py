"""manage.py load_oulad FOLDER"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people.models import User
from samples.oulad import CannotLoad, load_presentation


class Command(BaseCommand):
    """Loads one presentation of the Open University Learning Analytics Dataset; all of it or nothing."""

    help = "Load a folder of the Open University Learning Analytics Dataset as a cohort. Development only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="holds courses.csv, assessments.csv and the two files of students"
        )
        parser.add_argument("--trainer", default="beth@example.org", help="whose cohort it becomes, by address")
        parser.add_argument("--starts-on", type=date.fromisoformat, help="first day; without it, it ended yesterday")

    def handle(self, *args: Any, **options: Any) -> None:
        trainer = User.objects.filter(email=options["trainer"]).first()
        if trainer is None:
            raise CommandError(f"Nobody here has the address {options['trainer']}.")
        try:
            made = load_presentation(
                options["folder"], starts_on=options["starts_on"], trainer=trainer, at=timezone.now()
            )
        except CannotLoad as cannot:
            raise CommandError(f"Nothing was loaded. {cannot}") from cannot
        self.stdout.write(
            f"{made.cohort}: {made.learners} learners, {made.marks} marks; {made.completed} completed, "
            f"{made.not_passed} did not pass, {made.withdrawn} left."
        )
