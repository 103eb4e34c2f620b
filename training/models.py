"""What this room keeps: reminders that trainers wrote."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrolments.models import Enrolment
from post.models import Message

from .choices import NudgeState, Reason


class Nudge(models.Model):
    """A reminder by a trainer to a learner. It waits for the learner's daytime; then it is part of one letter."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="nudges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by whom"))
    reason = models.CharField(_("about what"), max_length=16, choices=Reason.choices, blank=True)
    language = models.CharField(max_length=8)
    text = models.TextField(_("words"), blank=True, help_text=_("As the learner reads them, filled in"))
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text=_("The next moment between 08:00 and 20:00 where the learner is"))
    state = models.CharField(max_length=12, choices=NudgeState.choices, default=NudgeState.WAITING)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    once_key = models.CharField(max_length=64, unique=True, help_text=_("The same words on one day exist once"))

    class Meta:
        verbose_name = _("reminder")
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="nudge_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(message=None) | Q(state=NudgeState.SENT), name="nudge_with_a_letter_is_sent"
            )
        ]
