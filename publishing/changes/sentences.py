"""Why a change is substance, in words for its editor."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .base import Reason

# For each sign: one word became another, a word came, a word went.
_WORDS = {
    "number": (
        _("The number “%(before)s” became “%(after)s”."),
        _("The number “%(after)s” was added."),
        _("The number “%(before)s” was taken out."),
    ),
    "date": (
        _("The date or time “%(before)s” became “%(after)s”."),
        _("The date or time “%(after)s” was added."),
        _("The date or time “%(before)s” was taken out."),
    ),
    "name": (
        _("“%(before)s” became “%(after)s”: a name, or a word with a capital letter."),
        _("“%(after)s” was added: a name, or a word with a capital letter."),
        _("“%(before)s” was taken out: a name, or a word with a capital letter."),
    ),
    "negation": (
        _("“%(before)s” became “%(after)s”, which may turn the meaning round."),
        _("“%(after)s” was added, which may turn the meaning round."),
        _("“%(before)s” was taken out, which may turn the meaning round."),
    ),
    "duty": (
        _("“%(before)s” became “%(after)s”: what somebody must, may or always does."),
        _("“%(after)s” was added: what somebody must, may or always does."),
        _("“%(before)s” was taken out: what somebody must, may or always does."),
    ),
    "link": (
        _("The link “%(before)s” became “%(after)s”, or leads elsewhere."),
        _("The link “%(after)s” was added."),
        _("The link “%(before)s” was taken out."),
    ),
    "foreign": (
        _("“%(before)s” became “%(after)s”: one of them has letters of another alphabet."),
        _("“%(after)s” was added, with letters of another alphabet."),
        _("“%(before)s” was taken out, with letters of another alphabet."),
    ),
}
_ALONE = {
    "hidden": _("A letter that nobody sees was added or taken out."),
    "layout": _("Paragraphs or lists changed."),
    "moved": _("“%(after)s” moved across a number, a name or a “not”."),
    "heading": _("A heading changed."),
    "key": _("The identifier of a section changed."),
    "key_point": _("A key point changed."),
    "speaker": _("Who is quoted changed."),
    "block": _("A block changed whose words alone cannot be compared."),
    "plain": _("In a practice, a table, a term or a list with icons, what fits changed, or how much there is in it."),
    "picture": _("A picture was exchanged."),
    "film": _("A film changed."),
    "chapters": _("The chapters of the film changed."),
    "moment": _("A moment of the film's transcript changed."),
    "notice": _("The content notice changed."),
    "sources": _("The sources changed."),
    "block_added": _("A block was added: “%(after)s …”."),
    "block_gone": _("A block was taken out: “%(before)s …”."),
    "blocks_moved": _("Blocks stand in another order."),
}


def sentence(reason: Reason) -> str:
    """One whole sentence."""
    said = {"before": reason.before, "after": reason.after}
    if reason.code == "many":
        return _many(int(reason.after), before=int(reason.before))
    if reason.code in _ALONE:
        return str(_ALONE[reason.code] % said)
    became, came, went = _WORDS[reason.code]
    return str((became if reason.before and reason.after else came if reason.after else went) % said)


def _many(number: int, *, before: int) -> str:
    if before:
        words = ngettext(
            "%(number)s word changed since somebody else last looked, earlier changes included.",
            "%(number)s words changed since somebody else last looked, earlier changes included.",
            number,
        )
    else:
        words = ngettext("%(number)s word changed.", "%(number)s words changed.", number)
    return words % {"number": number}
