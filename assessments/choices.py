"""States and kinds of the assessments room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    HANDED_IN = "handed_in", _("Handed in")
    AWAITING_MARKER = "awaiting_marker", _("Waiting for a marker")
    RETURNED = "returned", _("Returned for revision")
    SCORED = "scored", _("Scored")
    VOID = "void", _("Set aside, with a reason")


AT_A_MARKER = (AttemptState.AWAITING_MARKER, AttemptState.RETURNED)  # handed in, and not all of it scored


class ClosedBy(models.TextChoices):
    LEARNER = "learner", _("Handed in by the learner")
    DEADLINE = "deadline", _("Closed by the server when time was up")
    STAFF = "staff", _("Closed by staff")


class ScoreKind(models.TextChoices):
    AUTOMATIC = "automatic", _("Automatic")
    REGRADE = "regrade", _("Regrade")
    MARKER = "marker", _("Marker")
    MODERATION = "moderation", _("Moderation")


class ItemActKind(models.TextChoices):
    MADE_LIVE = "made_live", _("Made live")
    RETIRED = "retired", _("Retired")
    BROUGHT_BACK = "brought_back", _("Brought back")
    REGRADED = "regraded", _("Scored anew")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    LIVE = "live", _("Live")
    RETIRED = "retired", _("Retired")
    EARLIER = "earlier", _("Earlier")
