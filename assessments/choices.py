"""States and kinds of the assessments room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    HANDED_IN = "handed_in", _("Handed in")
    AWAITING_MARKER = "awaiting_marker", _("Waiting for a marker")
    RETURNED = "returned", _("Returned for revision")
    SCORED = "scored", _("Scored")
    VOID = "void", _("Set aside, with a reason")


AT_A_MARKER = (AttemptState.AWAITING_MARKER, AttemptState.RETURNED)  # handed in, and not all of it scored


class ClosedBy(models.TextChoices):
    LEARNER = "learner", _("Handed in by the learner")
    DEADLINE = "deadline", _("Closed by the server when time was up")
    STAFF = "staff", _("Closed by staff")


class ScoreKind(models.TextChoices):
    AUTOMATIC = "automatic", _("Automatic")
    REGRADE = "regrade", _("Regrade")
    MARKER = "marker", _("Marker")
    MODERATION = "moderation", _("Moderation")


class Feedback(models.TextChoices):
    """When a learner is told about an answer."""

    DEFERRED = "deferred", _("After handing in")
    IMMEDIATE = "immediate", _("After each answer, which then stays")
    TRIES = "tries", _("After each answer, with more tries")


class CertaintyUse(models.TextChoices):
    """Whether an assessment asks how sure its learner is, and whether points hang on it."""

    OFF = "off", _("Not asked")
    ASKED = "asked", _("Asked, and no points hang on it")
    MARKED = "marked", _("Asked, and points hang on it")


class Certainty(models.IntegerChoices):
    UNSURE = 1, _("Not very sure")
    FAIRLY = 2, _("Fairly sure")
    SURE = 3, _("Very sure")


class Counts(models.TextChoices):
    """Which of several attempts counts."""

    BEST = "best", _("Best attempt")
    LAST = "last", _("Last attempt")
    FIRST = "first", _("First attempt")
    MEAN = "mean", _("Mean of all attempts")


class Moment(models.TextChoices):
    """Moments of the review matrix."""

    DURING = "during", _("During the attempt")
    JUST_AFTER = "just_after", _("Just after it is handed in")
    WHILE_OPEN = "while_open", _("Later, while the quiz is open")
    AFTER_CLOSE = "after_close", _("After the quiz has closed")


class Reveal(models.TextChoices):
    """What the review matrix shows or withholds."""

    RESPONSE = "response", _("What was answered")
    CORRECTNESS = "correctness", _("Whether it fits")
    SCORE = "score", _("Points")
    EXPLANATION = "explanation", _("Explanations")
    RIGHT_ANSWER = "right_answer", _("What fits")
    OVERALL = "overall", _("What the quiz says to the result")
    COMMENT = "comment", _("A marker’s comment")


class ItemActKind(models.TextChoices):
    MADE_LIVE = "made_live", _("Made live")
    RETIRED = "retired", _("Retired")
    BROUGHT_BACK = "brought_back", _("Brought back")
    REGRADED = "regraded", _("Scored anew")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEWED = "reviewed", _("Reviewed")
    LIVE = "live", _("Live")
    RETIRED = "retired", _("Retired")
    EARLIER = "earlier", _("Earlier")
