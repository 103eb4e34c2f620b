"""Levels of what every written page says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentNotice(models.IntegerChoices):
    """DOMAIN 7.1: level 3 (sustained or detailed) is not used in this version, but has its value."""

    NONE = 0, _("Nothing distressing")
    MENTIONS = 1, _("Mentions harm")
    DESCRIBES = 2, _("Describes harm or distress")
    SUSTAINED = 3, _("Sustained or detailed")


class Audience(models.TextChoices):
    """Whom a film or briefing is for."""

    ALL = "all", _("Everybody")
    PRACTITIONERS = "practitioners", _("Practitioners")
    MANAGERS = "managers", _("Managers")
    REVIEWERS = "reviewers", _("Reviewers")
    BOARDS = "boards", _("Boards")
    PARTNERSHIPS = "partnerships", _("Partnerships")


class Topic(models.TextChoices):
    """What a film or briefing is about: a short list, so that people find the same thing under the same word."""

    THE_MODEL = "the-model", _("The model")
    HINDSIGHT = "hindsight", _("Hindsight")
    CONVERSATIONS = "conversations", _("Conversations")
    WORKING_TOGETHER = "working-together", _("Working together")
    RECORDS = "records", _("Records")
    FAMILIES = "families", _("Families")
    FINDINGS = "findings", _("Findings")
    AFTER_THE_REVIEW = "after-the-review", _("After the review")
    FOUR_NATIONS = "four-nations", _("Four nations")
