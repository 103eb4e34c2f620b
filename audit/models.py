"""Who did what to whom. Identifiers only, never words: an entry must stay true when a person is blanked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen


@frozen()
class AuditEntry(models.Model):
    """One act, with who did it and to whom; frozen once written, removed only by retention."""

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who; empty: the system")
    )
    act = models.CharField(_("what was done"), max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("to whom")
    )
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject")]
