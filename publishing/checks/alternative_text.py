"""Alternative text: what a picture shows, in words. Pure."""

import re

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight

FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|svg|heic)$", re.IGNORECASE)


def check(draft: Draft) -> list[Finding]:
    """A poster without words, or with a file's name for words."""
    alt = draft.poster_alt
    if alt is None:
        return []
    if not alt.strip():
        sentence = _("The poster has no alternative text. Say in words what it shows.")
    elif FILE_NAME.search(alt.strip()):
        sentence = _("The poster’s alternative text, “%(alt)s”, is the name of a file. Say what the picture shows.") % {
            "alt": alt.strip()
        }
    else:
        return []
    return [Finding("alternative_text", Weight.GATE, sentence, field="poster_alt", anchor="id_poster_alt")]
