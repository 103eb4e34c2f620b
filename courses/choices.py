"""Kinds of activities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    LESSON = "lesson", _("Lesson")
    FILM = "film", _("Film")
    ASSESSMENT = "assessment", _("Quiz")
    LIVE_SESSION = "live_session", _("Live session")
    CASE = "case", _("Practice case")
