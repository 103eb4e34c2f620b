"""Whether somebody who does the work has checked the text. Pure."""

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight


def check(draft: Draft) -> list[Finding]:
    """Nobody checked it, which is in the way; or it was checked and changed since, which readers are told."""
    if not draft.checked_by.strip():
        sentence = _("No practitioner has checked this text. Say who did, and on which day.")
        weight, code = Weight.GATE, "checked_by"
    elif not draft.is_checked:
        sentence = _(
            "The text has changed since %(who)s checked it, and readers are told so. Ask for another look; when it is "
            "done, set the new day."
        ) % {"who": draft.checked_by}
        weight, code = Weight.ADVICE, "checked_before"
    else:
        return []
    return [Finding(code, weight, sentence, field="checked_by", anchor="id_checked_by")]
