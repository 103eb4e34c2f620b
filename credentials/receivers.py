"""News heard: requirements met. A job repairs what was missed (jobs.py)."""

from typing import Any

from django.dispatch import receiver

from enrolments.models import PinnedSet
from enrolments.signals import requirements_met

from .jobs import award_for


@receiver(requirements_met)
def award(sender: type[PinnedSet], pinned_set: PinnedSet, **kwargs: Any) -> None:
    award_for(pinned_set)
