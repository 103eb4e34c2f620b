"""manage.py render_lessons"""

from typing import Any

from django.core.management.base import BaseCommand

from courses.kept_lessons import render_anew
from courses.models import LessonPage


class Command(BaseCommand):
    """Makes the kept text of every lesson anew, as after a change of a template."""

    help = "Render every lesson's text anew and keep it with the page."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Rendered {render_anew(LessonPage.objects.all())} lessons.")
