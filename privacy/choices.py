"""Why something was removed; stored, and shown in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovalCause(models.TextChoices):
    ASKED = "asked", _("The person asked for it")
    DORMANT = "dormant", _("The account was not used for too long")
    RETENTION = "retention", _("Older than its rule allows")
