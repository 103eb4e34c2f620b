"""Where somebody stands in the eyes of whoever booked them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """In the order of a list. A letter was sent to whoever has never signed in, invited or booked: both look alike."""

    NOT_BOOKED = "not_booked", _("Not booked")
    LETTER_SENT = "letter_sent", _("E-mail sent")
    BOOKED = "booked", _("Booked")
    DOING = "doing", _("Doing")
    DONE = "done", _("Done")
    LEFT = "left", _("Left the course")


class CellState(models.TextChoices):
    """Where somebody stands with one activity, as a board shows it."""

    DONE = "done", _("Done")
    WAITING = "waiting", _("Waits for a marker")
    DOING = "doing", _("Under way")
    FAILED = "failed", _("Not passed")
    NEXT = "next", _("Comes next")
    OPEN = "open", _("Not begun")


class Reason(models.TextChoices):
    """Why somebody needs their trainer. There are no others, and no score of risk (training/board/stuck.py)."""

    NEVER_BEGAN = "never_began", _("Has not begun")
    NO_TRIES_LEFT = "no_tries_left", _("No attempts left")
    QUIET = "quiet", _("Nothing done")


class NudgeState(models.TextChoices):
    """A reminder, from being written on."""

    WAITING = "waiting", _("Waits for the daytime")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not sent: the trainee had left, or did not want reminders")


class FileState(models.TextChoices):
    """A long report on its way to being a file."""

    WAITING = "waiting", _("Waits for its turn")
    MAKING = "making", _("Being made")
    MADE = "made", _("Ready")
    FAILED = "failed", _("Could not be made")
