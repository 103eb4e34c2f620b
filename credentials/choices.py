"""States and kinds of the credentials room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AchievementKind(models.TextChoices):
    MODULE = "module", _("Module certificate")
    FOUNDATION = "foundation", _("Foundation certificate")
    ACCREDITATION = "accreditation", _("Accreditation")


class CredentialState(models.TextChoices):
    """Expired is not a state: it follows from the dates."""

    ISSUED = "issued", _("Issued")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


class FollowsAs(models.TextChoices):
    REPLACEMENT = "replacement", _("Replaces, for example after a change of name")
    RENEWAL = "renewal", _("Renews")


class Standing(models.TextChoices):
    """What a credential is worth on a given day, as its public page says it."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
