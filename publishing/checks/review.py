"""When a page is to be looked at again. Pure."""

from django.utils.translation import gettext as _

from .base import Draft, Finding, Weight


def check(draft: Draft) -> list[Finding]:
    """Pages that hold for a time have a day of review, and it has not passed."""
    if not draft.has_review:
        return []
    if draft.review_due is None:
        sentence = _("There is no review date. Say when this is to be looked at again.")
    elif draft.review_due < draft.today:
        sentence = _("The review date has passed. Look at the text again and set a new date.")
    else:
        return []
    return [Finding("review", Weight.GATE, sentence, field="review_due_on", anchor="id_review_due_on")]
