"""Where somebody stands in the eyes of whoever booked them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """In the order of a list. A letter was sent to whoever has never signed in, invited or booked: both look alike."""

    NOT_BOOKED = "not_booked", _("Not booked")
    LETTER_SENT = "letter_sent", _("Letter sent")
    BOOKED = "booked", _("Booked")
    DOING = "doing", _("Doing")
    DONE = "done", _("Done")
    LEFT = "left", _("Left the course")
