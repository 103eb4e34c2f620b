"""States and kinds of the assessments room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_RESPONSE = "multiple_response", _("Multiple response")


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    HANDED_IN = "handed_in", _("Handed in")
    AWAITING_MARKER = "awaiting_marker", _("Waiting for a marker")
    SCORED = "scored", _("Scored")
    VOID = "void", _("Set aside, with a reason")


class ClosedBy(models.TextChoices):
    LEARNER = "learner", _("Handed in by the learner")
    DEADLINE = "deadline", _("Closed by the server when time was up")
    STAFF = "staff", _("Closed by staff")


class ScoreKind(models.TextChoices):
    AUTOMATIC = "automatic", _("Automatic")
    REGRADE = "regrade", _("Regrade")
    MARKER = "marker", _("Marker")
    MODERATION = "moderation", _("Moderation")
