"""Alternative text: what a picture shows, in words. Pure."""

import re

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight

FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|svg|heic)$", re.IGNORECASE)


def check(draft: Draft) -> list[Finding]:
    """A poster or a picture without words, or with a file's name for words."""
    found = []
    if draft.poster_alt is not None and (sentence := _poster(draft.poster_alt.strip())):
        found.append(Finding("alternative_text", Weight.GATE, sentence, field="poster_alt", anchor="id_poster_alt"))
    for piece in draft.pieces:
        if piece.alt is not None and (sentence := _picture(piece.alt.strip())):
            found.append(
                Finding("alternative_text", Weight.GATE, sentence, where=piece.under, anchor=piece.anchor, field="body")
            )
    return found


def _poster(alt: str) -> str:
    if not alt:
        return _("The poster has no alternative text. Say in words what it shows.")
    if FILE_NAME.search(alt):
        named = _("The poster’s alternative text, “%(alt)s”, is the name of a file. Say what the picture shows.")
        return named % {"alt": alt}
    return ""


def _picture(alt: str) -> str:
    if not alt:
        return _("A picture has no words for whoever does not see it. Say what it shows.")
    if FILE_NAME.search(alt):
        named = _("The words of a picture, “%(alt)s”, are the name of a file. Say what it shows.")
        return named % {"alt": alt}
    return ""
