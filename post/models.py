"""The outbox: every message to a person is a row before it is mail."""

from email.utils import make_msgid
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import MessageState

EMPTY = {
    "address": "",
    "reply_to": [],
    "subject": "",
    "text": "",
    "html": "",
    "last_error": "",
}  # what is left of an erased message


def new_message_id() -> str:
    """A Message-ID made with the row, so that a message sent twice after a crash carries the same one."""
    return make_msgid(domain="learning-together.invalid")


class Message(models.Model):
    """One message to one address. Written in the transaction of what it tells of; sent by the worker."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages", verbose_name=_("to whom")
    )
    address = models.EmailField(_("address"), blank=True)
    reply_to = models.JSONField(default=list, help_text=_("Addresses that an answer goes to; none: the site's own"))
    language = models.CharField(max_length=8)
    kind = models.CharField(_("what it is about"), max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    dedupe_key = models.CharField(
        max_length=120, null=True, unique=True, help_text=_("Two messages of one cause cannot exist")
    )
    state = models.CharField(max_length=12, choices=MessageState.choices, default=MessageState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    is_to_be_forgotten = models.BooleanField(
        default=False, help_text=_("Its writer was erased while it waited: emptied as soon as it is sent or given up")
    )

    class Meta:
        verbose_name = _("message")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="post_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_when_it_says_so",
            )
        ]


class LetterChoice(models.Model):
    """Whether a person wants one optional kind of letter; without a row they do."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letter_choices")
    kind = models.CharField(max_length=60)
    wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind_of_letter")]
