"""The content notice: readers are told before they meet harm (DOMAIN 7.1). Pure."""

import re

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight

HARM = {
    "en": r"abus(?:e|ed|ive|er|ers|es|ing)|neglect(?:ed|ful|s)?|assault(?:ed|s)?|suicid(?:e|al|es)|self-harm(?:ed|s)?"
    r"|murder(?:ed|s)?|rap(?:ed|ist|es)|kill(?:ed|ing)|bruis(?:e|es|ed|ing)|fractur(?:e|es|ed)|overdos(?:e|ed|es)"
    r"|starv(?:ed|ing|ation)|strangl(?:ed|ing)|serious harm",
    "cy": r"cam-?drin(?:iaeth)?|gam-?drin|chamdriniaeth|esgeulus(?:o|tod|wyd)|hunan-?niweidio|hunanladdiad"
    r"|llofrudd(?:io|iaeth)"
    r"|lladd(?:wyd)?|treisio|cleisiau|niwed difrifol",
}
UNUSED = 3


def check(draft: Draft) -> list[Finding]:
    """A text that speaks of harm and gives no notice; or a level that is not in use."""
    if draft.notice >= UNUSED:
        return [_finding("notice_level", _("Sustained or detailed harm is not published on this site. Shorten it."))]
    found = words_of_harm(draft)
    if draft.notice or not found:
        return []
    sentence = _("The text says “%(word)s”, and the content notice says that nothing in it is distressing.")
    return [_finding("notice_missing", sentence % {"word": found[0]})]


def words_of_harm(draft: Draft) -> list[str]:
    """In the order of the text, as they are written there."""
    return re.findall(rf"\b(?:{HARM.get(draft.language, HARM['en'])})\b", draft.text, re.IGNORECASE)


def _finding(code: str, sentence: str) -> Finding:
    return Finding(code, Weight.GATE, sentence, field="content_notice", anchor="id_content_notice")
