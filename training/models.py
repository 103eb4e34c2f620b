"""What this room keeps: reminders that trainers wrote."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enrolments.models import Cohort, Enrolment
from people.models import Organisation
from post.models import Message

from .choices import FileState, NudgeState, Reason


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


class _OfReport(models.Model):
    """A report of a cohort or of an organisation, and who asked for it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    report = models.SlugField(max_length=40, help_text=_("Its key in addresses"))
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    language = models.CharField(max_length=8)

    class Meta:
        abstract = True


class ReportAddress(_OfReport):
    """An address by which a spreadsheet fetches a report as its maker may see it then. Its secret is not stored."""

    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True, help_text=_("The last time"))

    class Meta:
        verbose_name = _("address of a report")
        verbose_name_plural = _("addresses of reports")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort=None) ^ Q(organisation=None), name="a_report_address_is_of_one_place"
            )
        ]


class ReportFile(_OfReport):
    """A long report as a file that the worker makes. It names people, so it goes after a day."""

    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.WAITING)
    sort = models.CharField(max_length=8, blank=True, default="", help_text=_("By which column, as in an address"))
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(help_text=_("When its state or count last moved"))
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cohort=None) ^ Q(organisation=None), name="a_report_file_is_of_one_place"
            )
        ]
