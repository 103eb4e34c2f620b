"""Words of links: whoever hears only the links of a page must know where each leads. Pure."""

import re

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight

VAGUE = {
    "en": {
        "click", "click here", "click this link", "details", "find out more", "go", "here", "info", "information",
        "know more", "learn more", "link", "more", "more details", "more information", "page", "read", "read more",
        "read on", "see here", "see more", "this", "this article", "this link", "this page", "this website", "website",
    },
    "cy": {
        "yma", "cliciwch yma", "clicio yma", "darllen mwy", "darllenwch fwy", "dysgu mwy", "dysgwch fwy", "gweld mwy",
        "gwybodaeth", "mwy", "mwy o wybodaeth", "rhagor", "rhagor o wybodaeth", "y ddolen hon", "y dudalen hon",
        "dolen",
    },
}  # fmt: skip
ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)


def check(draft: Draft) -> list[Finding]:
    """Links without words, with words that say nothing, or with an address for words."""
    return [
        Finding(
            "link_words",
            Weight.GATE,
            sentence,
            where=piece.under,
            anchor=piece.anchor,
            field="body",
            detail=f"{link.words}|{link.address}",
        )
        for piece in draft.pieces
        for link in piece.links
        if (sentence := _fault(link.words, draft.language))
    ]


def _fault(words: str, language: str) -> str:
    plain = " ".join(re.sub(r"[^\w\s:/.'’-]", " ", words).split()).strip(" .").casefold()
    if not plain:
        return _("A link has no words. Say where it leads.")
    if ADDRESS.match(plain):
        return _("A link shows its address, “%(words)s”. Say in words where it leads.") % {"words": words}
    if plain in VAGUE.get(language, VAGUE["en"]):
        return _("The link “%(words)s” does not say where it leads. Name what is there.") % {"words": words}
    return ""
