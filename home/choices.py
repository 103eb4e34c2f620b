"""Kinds of standing page: what the site adds to an editor's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StandingKind(models.TextChoices):
    """Stable codes; the slug of a page's file says which it is."""

    TEXT = "text", _("Text only")
    RESOURCES = "resources", _("Resources on the model: the guide, the briefings, the films")
    FOR_DIRECTORS = "for_directors", _("For directors and boards: what was written for them")
    PRIVACY = "privacy", _("Privacy: with the table of how long what is kept")
    CONTACT = "contact", _("Contact: with whom to write to")
    REPORT_A_CONCERN = "report_a_concern", _("Report a concern: with its form")
