"""The letter of an addressed invitation once more: a new secret takes the place of the old one.

Why it is so: docs/decisions/0036-a-letter-again.md.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .answers import send_invitation
from .invitations import new_token, token_digest
from .models import Invitation, ReplacedLink

BETWEEN = timedelta(days=1)


class NotSentAgain(Exception):
    """Raised when a letter is not sent once more; worded for whoever asked for it."""


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, at: datetime, language: str) -> Invitation:
    """A new link to the same address; the old one opens nothing any more. The place and its last day stay.

    `language` is the letter's for somebody without an account. Raises NotSentAgain for one that is not open, or that
    was sent again less than a day ago.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_open(held, at=at)
    ReplacedLink.objects.create(invitation=held, token_digest=held.token_digest, replaced_at=at)
    token = new_token()
    held.token_digest, held.sent_again_at = token_digest(token), at
    held.save(update_fields=["token_digest", "sent_again_at"])
    note_act("invitation_sent_again", subject=held, at=at, actor=by)
    known = User.objects.filter(email__lower=held.email.lower()).values_list("language", flat=True).first()
    send_invitation(held, token, language=known or language, at=at)
    return held


def _require_open(held: Invitation, *, at: datetime) -> None:
    if not held.email or held.revoked_at is not None or held.expires_at <= at or held.uses.exists():
        raise NotSentAgain(
            _("There is no e-mail to send again: the invitation is a link for several, or is not open any more.")
        )
    if held.sent_again_at and at < held.sent_again_at + BETWEEN:
        words = _("It was sent again on %(moment)s. An e-mail goes once a day at most: wait until tomorrow.")
        raise NotSentAgain(words % {"moment": date_format(localtime(held.sent_again_at), "j F Y, H:i")})


def newer_letter(token: str, *, at: datetime) -> str:
    """What to tell whoever opens a link that was replaced; empty for any other, and once the newer one is closed too.

    Only who has such a letter can know its secret, so that it tells nobody else that there is an invitation.
    """
    replaced = ReplacedLink.objects.filter(token_digest=token_digest(token), invitation__revoked_at=None)
    replaced = replaced.filter(invitation__expires_at__gt=at, invitation__uses=None).exclude(invitation__email="")
    found = replaced.select_related("invitation").first()
    if found is None or found.invitation.sent_again_at is None:
        return ""
    words = _("A newer e-mail was sent to you on %(day)s. Use the link in that one: this one opens nothing any more.")
    return words % {"day": date_format(localtime(found.invitation.sent_again_at), "j F Y")}
