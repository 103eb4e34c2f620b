"""Captions and transcript of films: nobody may publish a film without them (DOMAIN 7.3). Pure."""

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight


def check(draft: Draft) -> list[Finding]:
    """What a film's page lacks, and films among the text that have no transcript."""
    own = [
        Finding("film", Weight.ALWAYS, sentence, field=field, anchor=f"id_{field}", detail=sentence)
        for field, sentence in draft.film_gaps
    ]
    silent = _("This film has no transcript. Write who says what, and what is seen.")
    return own + [
        Finding("film_transcript", Weight.ALWAYS, silent, where=piece.under, anchor=piece.anchor, field="body")
        for piece in draft.pieces
        if piece.kind == "embedded_film" and not piece.words.strip()
    ]
