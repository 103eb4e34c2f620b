"""What a reminder says: a template for each reason, filled in for each person, and the letter around it."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ..choices import Reason

PLACES = ("name", "due", "cohort")
_PLACE = re.compile(r"\{([a-z]+)\}")


def template_for(reason: str) -> str:
    """The words a trainer starts from, in the language in force. Places stand in braces."""
    templates = {
        Reason.NEVER_BEGAN: _(
            "Hello {name},\n\nyour course in “{cohort}” has begun, and the first thing waits for you: {due}. "
            "Ten minutes are enough for a start. If something keeps you from it, answer this e-mail and we find a way."
        ),
        Reason.QUIET: _(
            "Hello {name},\n\nit has been a while since you were in the course of “{cohort}”. Next for you is: {due}. "
            "You can carry on where you stopped. If something keeps you from it, answer this e-mail and we find a way."
        ),
        Reason.NO_TRIES_LEFT: _(
            "Hello {name},\n\nyou have used every attempt at “{due}” in “{cohort}”. That happens, and it says where we "
            "can help. Answer this e-mail, and we look at it together and agree what comes next."
        ),
    }
    general = _(
        "Hello {name},\n\nnext for you in “{cohort}” is: {due}. If you want to talk about it, answer this e-mail."
    )
    return templates.get(Reason(reason), general) if reason else general


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words with their places filled in, in one go: a value that looks like a place stays as it is."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), words)


def unknown_places(words: str) -> list[str]:
    """Places nobody fills in, as they were written."""
    return sorted({found[0] for found in _PLACE.finditer(words) if found[1] not in PLACES})


def subject_of(cohorts: Sequence[str]) -> str:
    """The heading of a letter, in the language in force."""
    return _("About your course: %(cohorts)s") % {"cohorts": ", ".join(dict.fromkeys(cohorts))}


def letter_of(texts: Sequence[tuple[str, str]], *, course: str, stop: str) -> str:
    """One letter of several reminders, each with its trainer's name, and the way out at the end."""
    parts = [f"{text}\n\n{trainer}" for text, trainer in texts]
    no_more = _("You can answer this e-mail: it reaches your trainer. If you want no more reminders, say so here:")
    return "\n\n".join([*parts, course, f"{no_more}\n{stop}"])
