"""Live sessions of a cohort, the register of each, and the days by which a cohort plans to have done what."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen

from courses.models import Activity

from .choices import AttendanceState


class LiveSession(models.Model):
    """A meeting of a cohort. Several may serve one activity of the course: whoever misses one comes to another.

    `plan` is the trainers' own: a paragraph for each step. `sequence` rises with each change, as calendars want it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("enrolments.Cohort", models.PROTECT, related_name="live_sessions")
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        related_name="live_sessions",
        help_text=_("What it counts as in the course; empty: nothing"),
    )
    title = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    plan = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("live session")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="live_session_ends_after_its_start"),
            models.UniqueConstraint(
                fields=["cohort", "title", "starts_at"],
                condition=Q(cancelled_at=None),
                name="a_live_session_is_planned_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.cohort.time_zone)

    @property
    def starts_there(self) -> datetime:
        """When it starts, by the clock of its cohort."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends_there(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def on(self) -> date:
        """Its day, for the cohort."""
        return self.starts_there.date()

    def register_is_open(self, at: datetime) -> bool:
        """From its day on, for good: a register may be taken late and corrected."""
        return self.cancelled_at is None and at.astimezone(self.zone).date() >= self.on


class AttendanceQuerySet(models.QuerySet[Any]):
    """Entries in registers."""

    def standing(self) -> "AttendanceQuerySet":
        """The last entry of each learner in each register: the others were corrected by it."""
        later = Attendance.objects.filter(
            session=OuterRef("session"), enrolment=OuterRef("enrolment"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


@frozen()
class Attendance(models.Model):
    """One entry in a register: how one learner was there. A correction is a further row; the last one stands.

    Why somebody was excused is not kept: it may tell of their health.
    """

    session = models.ForeignKey(LiveSession, models.PROTECT, related_name="register")
    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, related_name="attendance")
    number = models.PositiveSmallIntegerField(
        help_text=_("1 for the first entry of a learner, then one more each time")
    )
    state = models.CharField(max_length=12, choices=AttendanceState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["session", "enrolment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment", "number"], name="one_entry_per_number_in_a_register"
            )
        ]


class PlannedDate(models.Model):
    """The day by which a cohort plans to have done an activity; what is not planned has no row."""

    cohort = models.ForeignKey("enrolments.Cohort", models.PROTECT, related_name="planned_dates")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="planned_dates")
    due_on = models.DateField()

    class Meta:
        verbose_name = _("planned date")
        verbose_name_plural = _("planned dates")
        constraints = [models.UniqueConstraint(fields=["cohort", "activity"], name="one_planned_date_per_activity")]
