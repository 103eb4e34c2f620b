"""manage.py make_demo --learners N --seed S"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.models import Course
from samples.demo import make_demo


class Command(BaseCommand):
    """Makes believable cohorts, the same for the same seed; adds nothing when they are there."""

    help = "Make cohorts of invented learners with believable stories. Development only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--learners", type=int, default=200)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["learners"] <= 10_000:
            raise CommandError("Between 1 and 10,000 learners can be made.")
        if not Course.objects.filter(key="foundation").exists():
            raise CommandError("The foundation course is not here yet: run load_content first.")
        made = make_demo(learners=options["learners"], seed=options["seed"], at=timezone.now())
        self.stdout.write(f"Made {made} learners." if made else "All of them are there already.")
