"""How a person is named, on the page and on paper, and what a name may be."""

import re

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.typed import typed_line

from .models import User

LONGEST_NAME = 150
IS_ADDRESS = "is_address"  # the code of a refusal
TOO_LONG = gettext_lazy("Write 150 letters at most.")
_DOT = "[.\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH FULL STOP}\N{HALFWIDTH IDEOGRAPHIC FULL STOP}]"
# “evil.example”, “10.0.0.1”, “mailto:x”, “//x”, “x@y”: what a mail program may turn into a link. Not “J.R.R.”.
_LINK = re.compile(rf"\w{{2,}}{_DOT}\w{{2,}}|\bwww{_DOT}|\d{_DOT}\d+{_DOT}|:\S|//|\\\\|\w@\w", re.IGNORECASE)


def display_name(user: User) -> str:
    """Their name; for a blanked account the words the retention rules use."""
    return str(user)


def one_line(name: str, *, empty: str | Promise = "") -> str:
    """One line, single spaces, nothing hidden, with a letter in it and no web address: it may be printed on a

    certificate and goes out in letters. Raises ValidationError; `empty` says what to write if there is no letter.
    """
    tidy = typed_line(name)
    if not any(character.isalpha() for character in tidy):
        raise ValidationError(str(empty) or _("Write the name you want on your certificate."))
    if len(tidy) > LONGEST_NAME:
        raise ValidationError(TOO_LONG)
    if _LINK.search(tidy):
        words = _("A name holds no web or e-mail address. If it has a full stop, put a space after it.")
        raise ValidationError(words, code=IS_ADDRESS)
    return tidy
