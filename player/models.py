"""What a learner keeps for themselves."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Activity
from enrolments.models import Enrolment

from .choices import NoteKind


class Reflection(models.Model):
    """What a learner wrote under a question of a lesson, for themselves: no trainer, editor or lead ever sees it.

    `block` is the question's identifier, the same in every language and in a copy of the lesson; `question` is what it
    asked when they wrote.
    """

    LONGEST = 10_000  # characters

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    block = models.UUIDField()
    question = models.TextField()
    words = models.TextField(_("words"), max_length=LONGEST)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity", "block"], name="one_reflection_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.block}"


class Note(models.Model):
    """A passage of a lesson or a moment of a film that a learner marked, with or without words: nobody else sees it.

    `section` is the key of a lesson's section, empty for what stands before the first; `heading` is what it was called.
    `quote` are the words of the text it is about. With no quote and no words of one's own it is a bookmark.
    """

    LONGEST = 10_000  # characters of one's own
    LONGEST_QUOTE = 1_500  # characters of the text
    MOST = 300  # in one activity, so that a page that shows them all stays a page

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    section = models.CharField(max_length=80, blank=True)
    heading = models.CharField(max_length=255)
    quote = models.TextField(blank=True, max_length=LONGEST_QUOTE)
    moment_seconds = models.PositiveIntegerField(null=True, help_text=_("Of a film; empty in a lesson"))
    words = models.TextField(_("words"), blank=True, max_length=LONGEST)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "moment_seconds", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(moment_seconds=None) | Q(section="", quote=""), name="a_note_on_a_film_has_no_passage"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "activity", "section"],
                condition=Q(quote="", words="", moment_seconds=None),
                name="one_bookmark_per_section",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "activity", "moment_seconds"],
                condition=Q(words="", moment_seconds__isnull=False),
                name="one_bookmark_per_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid}"

    @property
    def kind(self) -> NoteKind:
        """Words of one's own make a note; words of the text alone a highlight."""
        if self.words:
            return NoteKind.NOTE
        return NoteKind.HIGHLIGHT if self.quote else NoteKind.BOOKMARK


class LearningElsewhere(models.Model):
    """What somebody learned outside this site, in their own words, for their CPD record; nobody else sees it."""

    MOST_MINUTES = 6_000  # a hundred hours: more is several things

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(_("What it was"), max_length=200)
    provider = models.CharField(_("Who offered it"), max_length=200, blank=True)
    done_on = models.DateField(_("Day"))
    minutes = models.PositiveIntegerField(_("Minutes"))
    gained = models.TextField(_("What you take from it"), max_length=5_000, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "learning elsewhere"
        ordering = ["-done_on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="learning_elsewhere_takes_time")]

    def __str__(self) -> str:
        return f"{self.uuid}"
