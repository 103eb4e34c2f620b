"""What the form of one question held, and why it could not be taken, in words."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.items import TooLong

from .certainty import SURE


def posted_parts(request: HttpRequest, position: int) -> dict[str, str]:
    """What the fields of a question held besides its own, by what their names end in."""
    stem = f"q{position}-"
    found = {name.removeprefix(stem): str(value) for name, value in request.POST.items() if name.startswith(stem)}
    found.pop(SURE, None)  # how sure somebody is belongs to no item
    return found


def refused_in_words(refused: Exception) -> str:
    """Why an answer was not taken."""
    if isinstance(refused, TooLong):
        return _("This is longer than %(most)s characters, so it was not saved. Shorten it, and save again.") % {
            "most": refused
        }
    return _("That answer did not arrive whole. Please choose again.")
