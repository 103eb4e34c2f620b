"""manage.py make_samples"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from samples.make import make_samples


class Command(BaseCommand):
    """Makes the sample people once; does nothing where they are."""

    help = "Make the sample people for trying the site out. Development only."

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_samples(at=timezone.now())
        self.stdout.write(f"Made {made} sample people." if made else "The sample people are there already.")
