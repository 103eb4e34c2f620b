"""Legal holds, and the record of what was removed and why."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen

from .choices import RemovalCause


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Holds."""

    def in_force(self, at: datetime) -> "LegalHoldQuerySet":
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), begins_at__lte=at)


class LegalHold(models.Model):
    """While it lasts nothing of this person is erased or removed for age, whoever asks: say for an open appeal."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="legal_holds", verbose_name=_("person")
    )
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("The process and its reference, without details: “Appeal 2026-14”.")
    )
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody ends it."))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-begins_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="legal_hold_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        """Without a name: the desk's own log keeps what this says."""
        return f"{self._meta.verbose_name} {self.pk}"

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.begins_at and self.ends_at < self.begins_at:
            raise ValidationError({"ends_at": _("A hold ends after it begins.")})


@frozen()
class Removal(models.Model):
    """That something was removed: from which table, how many rows, under which rule, why, when. Never what it was."""

    at = models.DateTimeField(_("when"), db_index=True)
    table = models.CharField(_("from which table"), max_length=80)
    count = models.PositiveIntegerField(_("how many rows"))
    rule = models.CharField(_("under which rule"), max_length=40)
    cause = models.CharField(_("why"), max_length=20, choices=RemovalCause.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("whose; empty: several people’s"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by; empty: the site")
    )

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["-at", "-id"]
