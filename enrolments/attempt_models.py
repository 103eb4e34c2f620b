"""What counts for an enrolment: its attempts, what was granted beyond their rules, and results reached elsewhere."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen
from toolkit.points import PointsField

from assessments.models import Attempt, Result
from courses.models import Activity

from .choices import AdjustmentKind


class AttemptLink(models.Model):
    """Which enrolment an attempt belongs to; made in the attempt's own transaction."""

    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, related_name="attempt_links")
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="link")
    recorded_result = models.ForeignKey(
        Result, models.PROTECT, null=True, related_name="+", help_text=_("The newest one that progress has heard of")
    )


@frozen(but=("taken_back_at", "taken_back_by"))
class Adjustment(models.Model):
    """What a trainer granted one learner beyond the rules of their attempts. Why is nobody's business: it is not kept.

    Seen by the learner and their trainers, and in no list or file (DOMAIN 7.2). An attempt keeps what applied when it
    began, whatever is taken back afterwards.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=12, choices=AdjustmentKind.choices)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="+", help_text=_("The quiz it is for; extra time is for all")
    )
    percent = models.PositiveSmallIntegerField(default=0, help_text=_("Of the time limit, on top of it"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AdjustmentKind.TIME, activity=None, percent__gt=0)
                | ~Q(kind=AdjustmentKind.TIME) & Q(activity__isnull=False, percent=0),
                name="extra_time_has_a_size_and_other_adjustments_a_quiz",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(kind=AdjustmentKind.TIME, taken_back_at=None),
                name="one_size_of_extra_time",
            ),
        ]


@frozen()
class RecordedResult(models.Model):
    """What somebody reached at an activity without an attempt here: told by a person or a file, not sat on this site.

    Added, never changed: a correction is a new row that supersedes the one before it (docs/decisions/0050).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, related_name="recorded_results")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="recorded_results")
    points = PointsField(null=True, help_text=_("Empty: handed in, and nobody knows how many"))
    max_score = PointsField()
    passed = models.BooleanField(help_text=_("As whoever recorded it judged, or by the share that was asked then"))
    at = models.DateTimeField(help_text=_("When it was reached"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200, blank=True, help_text=_("Where it was read, such as the name of a file"))
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")

    class Meta:
        verbose_name = _("recorded result")
        verbose_name_plural = _("recorded results")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                condition=Q(supersedes=None),
                name="one_first_recorded_result_per_activity",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=False) | Q(passed=False), name="nobody_passes_without_points"
            ),
        ]

    def __str__(self) -> str:
        """Without the person: logs keep these words."""
        return str(self.uuid)
