"""Closing an account without erasing it, and putting details right. Both are audited by identifiers alone."""

from datetime import datetime

from django.db import transaction

from audit.entries import note_act
from people.models import User
from people.personal import sessions_of

from .subjects import subject_of


@transaction.atomic
def close_account(person: User, *, at: datetime) -> None:
    """Nobody can sign in any more, and whoever is signed in is out. Records stay under their rules.

    An administrator can open it again; without that it is erased as a dormant account.
    """
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions_of(subject_of(person)).delete()
    note_act("account_closed", subject=person, at=at, actor=person, person=person)


@transaction.atomic
def correct_details(person: User, changed: list[str], *, at: datetime) -> None:
    """Keep what the form put on the person, and that these fields changed."""
    person.save(update_fields=changed)
    note_act("details_corrected", subject=person, at=at, actor=person, person=person, facts={"fields": sorted(changed)})
