"""Whom a page is for. Pure."""

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight


def check(draft: Draft) -> list[Finding]:
    """Pages that are sorted by reader name at least one."""
    if draft.audience is None or draft.audience:
        return []
    sentence = _("Nobody is named for whom this is. Choose at least one audience, so that readers find it.")
    return [Finding("audience", Weight.GATE, sentence, field="audience", anchor="id_audience")]
