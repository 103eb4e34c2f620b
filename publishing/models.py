"""What the loader remembers, and what was published although a check found something."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen


class LoadedFile(models.Model):
    """One thing last written by the loader: what its file said then, and what the site said just after."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120, help_text="The thing's uuid or key, and its language where it has one")
    path = models.CharField(max_length=300, help_text="Inside the package")
    file_digest = models.CharField(max_length=64)
    site_digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_memory_per_thing")]


@frozen()
class Override(models.Model):
    """One draft that somebody let through although checks found something: which findings, why, who and when.

    It holds for exactly this revision. `page_id` and `revision_id` are plain numbers: the record outlives both.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page_id = models.PositiveBigIntegerField(_("page"))
    revision_id = models.PositiveBigIntegerField(_("version"), db_index=True)
    codes = models.JSONField(_("what the checks found"), default=list)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("page published in spite of a check")
        verbose_name_plural = _("pages published in spite of a check")
        default_permissions = ()
        permissions = [("override_checks", _("Can publish in spite of a check, with a reason"))]
        ordering = ["-at"]
