"""What written pages and sources are sorted by: levels of notice, readers, topics and nations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentNotice(models.IntegerChoices):
    """DOMAIN 7.1: level 3 (sustained or detailed) is not used in this version, but has its value."""

    NONE = 0, _("Nothing distressing")
    MENTIONS = 1, _("Mentions harm")
    DESCRIBES = 2, _("Describes harm or distress")
    SUSTAINED = 3, _("Sustained or detailed")


class Audience(models.TextChoices):
    """Who a page is written for, in their place in a review. What is for everyone is for each of the others too."""

    ALL = "all", _("Everyone")
    PRACTITIONERS = "practitioners", _("Practitioners")
    MANAGERS = "managers", _("Managers")
    REVIEWERS = "reviewers", _("Lead reviewers")
    BOARDS = "boards", _("Boards")
    PARTNERSHIPS = "partnerships", _("Partnerships")


class Topic(models.TextChoices):
    """What a page is about: the parts of the model, and what surrounds a review."""

    SYSTEMS = "systems", _("The systems approach")
    HINDSIGHT = "hindsight", _("Hindsight")
    SETTING_UP = "setting-up", _("Setting up a review")
    TAKING_PART = "taking-part", _("Taking part")
    CONVERSATIONS = "conversations", _("Conversations")
    EPISODES = "episodes", _("Key practice episodes")
    FACTORS = "factors", _("Contributory factors")
    FINDINGS = "findings", _("Patterns and findings")
    RESPONSE = "response", _("Responding to findings")
    FAMILIES = "families", _("Families")
    GOOD_PRACTICE = "good-practice", _("Good practice")
    LAW = "law", _("Law and the four nations")


class Nation(models.TextChoices):
    """Where a source applies, or was made for."""

    UK = "uk", _("Across the UK")
    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")
    INTERNATIONAL = "international", _("International")


# Law is made for one of the four, so a statement of it names one.
NATIONS_OF_LAW = [
    (one.value, one.label) for one in (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
]
