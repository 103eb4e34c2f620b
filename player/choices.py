"""Kinds of what a learner writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteKind(models.TextChoices):
    """Read from what a note holds; never stored."""

    NOTE = "note", _("Note")
    HIGHLIGHT = "highlight", _("Highlight")
    BOOKMARK = "bookmark", _("Bookmark")
