"""Legal statements that are no longer the law, or that nobody has held against it lately. Pure."""

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight


def check(draft: Draft) -> list[Finding]:
    """One that has ended is in the way; one whose check is due is said, and readers are told so beside it."""
    found = []
    for piece in draft.pieces:
        for link in piece.links:
            if link.state == "ended":
                sentence = _("The legal statement “%(key)s” is no longer the law. Put the new one in its place.")
            elif link.state == "due":
                sentence = _("The legal statement “%(key)s” waits for a lawyer to check it, or for its first day.")
            else:
                continue
            weight = Weight.GATE if link.state == "ended" else Weight.ADVICE
            code, words = f"law_{link.state}", sentence % {"key": link.address}
            found.append(
                Finding(code, weight, words, where=piece.under, anchor=piece.anchor, field="body", detail=link.address)
            )
    return found
