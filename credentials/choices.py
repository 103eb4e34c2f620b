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


class ChangeReason(models.TextChoices):
    """Why a credential became something else, worded for its holder. A code that is used no more stays readable."""

    LOOKED_INTO = "looked_into", _("Something about it is being looked into")
    RISK = "risk", _("Somebody might come to harm while it stands")
    STANDS = "stands", _("It was looked into, and it stands")
    AWARDED_IN_ERROR = "awarded_in_error", _("It was awarded in error")
    NOT_OWN_WORK = "not_own_work", _("The work it rests on is not the holder’s own")
    REAL_CASE = "real_case", _("Details of a real case were put on the site")
    NAME_CHANGED = "name_changed", _("The holder’s name on certificates has changed")
    NAME_NOT_PRINTED = "name_not_printed", _("The earlier name could not be printed")


TO_SUSPEND = (ChangeReason.LOOKED_INTO, ChangeReason.RISK)
TO_REVOKE = (ChangeReason.AWARDED_IN_ERROR, ChangeReason.NOT_OWN_WORK, ChangeReason.REAL_CASE)


class RevocationState(models.TextChoices):
    ASKED = "asked", _("Waits for a second person")
    CONFIRMED = "confirmed", _("Confirmed by a second person")
    SET_ASIDE = "set_aside", _("Set aside")
