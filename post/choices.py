"""States and kinds of messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up after several tries")
    CANCELLED = "cancelled", _("Not sent, with a reason")


# Letters a person may do without, by kind. Every other kind says what their account, course or the law needs said.
OPTIONAL_LETTERS = {
    "reminder": _("Send me reminders from my trainers"),
    "credential_awarded": _("Write to me when I have earned a certificate"),
}

# Letters with a code or a link that opens an account or a course, by kind.
OPENING_LETTERS = frozenset(
    {
        "email_confirmation",
        "email_confirmation_signup",
        "invitation",
        "login_code",
        "password_reset_key",
    }
)
