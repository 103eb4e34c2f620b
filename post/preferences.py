"""Which letters a person wants. What an account, a course or the law needs to say is sent whatever they chose."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from .choices import OPTIONAL_LETTERS
from .models import LetterChoice

if TYPE_CHECKING:
    from people.models import User


def letters_wanted_by(person: "User") -> dict[str, bool]:
    """Every optional kind of letter, and whether the person wants it; wanted until they say otherwise."""
    chosen = dict(LetterChoice.objects.filter(person=person).values_list("kind", "wanted"))
    return {kind: chosen.get(kind, True) for kind in OPTIONAL_LETTERS}


def is_wanted(person: "User", kind: str) -> bool:
    """Whether a letter of this kind may be sent to the person."""
    return kind not in OPTIONAL_LETTERS or letters_wanted_by(person)[kind]


@transaction.atomic
def choose_letters(person: "User", wanted: dict[str, bool], *, at: datetime) -> None:
    """Keep what they chose, kind by kind."""
    for kind, yes in wanted.items():
        LetterChoice.objects.update_or_create(person=person, kind=kind, defaults={"wanted": yes, "chosen_at": at})
