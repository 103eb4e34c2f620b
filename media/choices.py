"""What a line of a transcript is, and who hosts films that are not ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineKind(models.TextChoices):
    SPEECH = "speech", _("Speech")
    VISUAL = "visual", _("What is seen")


class FilmHost(models.TextChoices):
    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"
