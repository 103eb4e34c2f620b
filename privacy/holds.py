"""Who is on legal hold."""

from datetime import datetime

from django.utils.translation import gettext as _
from toolkit.personal import Subject

from .models import LegalHold


class OnHold(Exception):
    """Raised when something of a person on legal hold is asked to be erased; worded for whoever asked."""


def people_on_hold(at: datetime) -> frozenset[int]:
    """Keys of the people whose records stay, whatever their age."""
    return frozenset(LegalHold.objects.in_force(at).values_list("person", flat=True))


def refuse_if_on_hold(subject: Subject, *, at: datetime) -> None:
    """Raises OnHold. The person is told that there is a hold, and not why."""
    if subject.person is not None and LegalHold.objects.in_force(at).filter(person=subject.person).exists():
        raise OnHold(
            _(
                "These records are under a legal hold, so nothing can be erased now. "
                "The hold ends with the process it was placed for; whoever runs this site can say more."
            )
        )
