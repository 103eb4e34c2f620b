"""How long what is kept, in words, for the privacy page. The days come from the settings, so the page cannot lie."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

WORDS = {
    "drafts": _("Answers you were writing, after your course ended"),
    "responses": _("Answers you handed in and what you watched, after that; your points stay"),
    "attendance": _("What you read, passed and attended, after your course ended; that you completed it stays"),
    "certificates": _("Your certificates, after they ran out; then only code and standing stay"),
    "audit": _("Who did what on the site, and sign-ins"),
    "warning": _("An account nobody signs in to, before we write to its owner"),
    "accounts": _("An account nobody signs in to, before it is erased"),
    "messages": _("The words of messages to you and from you"),
    "invitations": _("Addresses of people who were invited, after the invitation ran out"),
    "removals": _("The record of what was removed, which holds numbers only"),
}


def kept_for() -> list[dict[str, Any]]:
    """Each rule in words with its days, in this order. Raises KeyError for a rule without words."""
    unworded = settings.RETENTION_DAYS.keys() - WORDS.keys()
    if unworded:
        raise KeyError(f"home.kept_for.WORDS says nothing of {sorted(unworded)}")
    return [{"words": words, "days": settings.RETENTION_DAYS[rule]} for rule, words in WORDS.items()]
