"""How a person is named, on the page and on paper."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import User


def display_name(user: User) -> str:
    """Their name; for a blanked account the words the retention rules use."""
    return str(user)


def one_line(name: str) -> str:
    """One line, single spaces, with a letter in it: it may be printed on a certificate. Raises ValidationError."""
    tidy = " ".join(name.split())
    if not any(character.isalpha() for character in tidy):
        raise ValidationError(_("Write the name you want on your certificate."))
    return tidy
