"""Levels of what every written page says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentNotice(models.IntegerChoices):
    """DOMAIN 7.1: level 3 (sustained or detailed) is not used in this version, but has its value."""

    NONE = 0, _("Nothing distressing")
    MENTIONS = 1, _("Mentions harm")
    DESCRIBES = 2, _("Describes harm or distress")
    SUSTAINED = 3, _("Sustained or detailed")
