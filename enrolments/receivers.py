"""News heard. Each is a few lines; a job repairs what was missed (jobs.py)."""

from typing import Any

from django.dispatch import receiver

from assessments.models import Attempt
from assessments.signals import attempt_scored

from .progress import record_attempt


@receiver(attempt_scored)
def note_progress(sender: type[Attempt], attempt: Attempt, **kwargs: Any) -> None:
    record_attempt(attempt)
