"""What was made of what was handed in: scores, requests for revision, a marker's kept comments, and results."""

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen
from toolkit.points import PointsField

from .choices import ScoreKind
from .item_models import Item


@frozen(unless="reduced_at")
class Score(models.Model):
    """One judgement of one response; a later one supersedes it and leaves it standing."""

    response = models.ForeignKey("assessments.Response", models.PROTECT, related_name="scores")
    kind = models.CharField(max_length=20, choices=ScoreKind.choices)
    points = PointsField()
    max_score = PointsField()
    rule = models.CharField(max_length=40)
    rule_version = models.PositiveSmallIntegerField()
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    levels = models.JSONField(default=dict, help_text=_("By criterion of the rubric: the level, counted from 0"))
    comment = models.TextField(blank=True, help_text=_("To the learner"))
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(kind=ScoreKind.AUTOMATIC, supersedes=None),
                name="one_first_automatic_score",
            ),
            models.UniqueConstraint(
                fields=["response", "kind", "scored_by"], condition=Q(supersedes=None), name="one_first_score_by_marker"
            ),
            models.CheckConstraint(
                condition=Q(scored_by=None, kind__in=[ScoreKind.AUTOMATIC, ScoreKind.REGRADE])
                | Q(scored_by__isnull=False),
                name="people_mark_under_their_name",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="no_score_supersedes_itself"
            ),
        ]


@frozen(unless="reduced_at")
class RevisionRequest(models.Model):
    """A response that goes back to its learner, to be handed in once more by a day; the response itself stays."""

    response = models.OneToOneField("assessments.Response", models.PROTECT, related_name="revision_request")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField()
    comment = models.TextField(blank=True)
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for revision")


class KeptComment(models.Model):
    """A comment that a marker keeps for the next response to the same item. Nobody else sees it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="kept_comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text=_("Of the words: the same are kept once"))
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "by", "digest"], name="a_comment_kept_once")]


@frozen()
class Result(models.Model):
    """What an attempt came to, and which scores it used; a regrade adds a new one."""

    attempt = models.ForeignKey("assessments.Attempt", models.PROTECT, related_name="results")
    points = PointsField()
    max_score = PointsField()
    passed = models.BooleanField()
    kept_points = PointsField(
        null=True, help_text=_("What still counts towards a pass, where scoring anew gave fewer points")
    )
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    scores = models.ManyToManyField(Score, related_name="results")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(supersedes=None), name="one_first_result_per_attempt"
            )
        ]

    @property
    def share(self) -> Fraction:
        """Points over points possible; 0 where nothing could be earned."""
        return self.points / self.max_score if self.max_score else Fraction(0)

    @property
    def points_for_pass(self) -> Fraction:
        """What counts towards a pass: scoring a faulty item anew never lowers it."""
        return self.points if self.kept_points is None else self.kept_points
