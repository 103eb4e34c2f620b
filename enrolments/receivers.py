"""News heard. Each is a few lines; a job repairs what was missed (jobs.py)."""

from typing import Any

from django.dispatch import receiver

from assessments.models import Attempt
from assessments.signals import attempt_scored
from media.films import Watching
from media.signals import film_watched

from .films import note_watched
from .progress import record_attempt


@receiver(attempt_scored)
def note_progress(sender: type[Attempt], attempt: Attempt, **kwargs: Any) -> None:
    record_attempt(attempt)


@receiver(film_watched)
def note_film(sender: type[Watching], watching: Watching, **kwargs: Any) -> None:
    note_watched(watching)
