"""Kinds and levels of the courses room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    LESSON = "lesson", _("Lesson")
    FILM = "film", _("Film")
    ASSESSMENT = "assessment", _("Quiz")
    LIVE_SESSION = "live_session", _("Live session")
    CASE = "case", _("Practice case")


class ContentNotice(models.IntegerChoices):
    """DOMAIN 7.1: level 3 (sustained or detailed) is not used in this version, but has its value."""

    NONE = 0, _("Nothing distressing")
    MENTIONS = 1, _("Mentions harm")
    DESCRIBES = 2, _("Describes harm or distress")
    SUSTAINED = 3, _("Sustained or detailed")
