"""Who is learning what: cohorts, invitations, enrolments and progress (docs/data.md, 'Who is learning what')."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen
from toolkit.terms import TermQuerySet

from courses.models import Activity, Course, Module, RequirementSet
from people.choices import Agency
from people.models import Area, Organisation

from .attempt_models import Adjustment, AttemptLink, RecordedResult
from .choices import LIVE_STATES, AppointmentRole, CohortRoleCode, EnrolmentState, ProgressState
from .closing_models import QuizClosing
from .invitation_models import EnrolmentList, Invitation, InvitationUse, PlaceRequest, ReplacedLink
from .live_models import Attendance, LiveSession, PlannedDate
from .querysets import EnrolmentQuerySet

__all__ = [
    "Adjustment",
    "Appointment",
    "AttemptLink",
    "Attendance",
    "Cohort",
    "CohortOffer",
    "CohortProvider",
    "CohortRole",
    "Enrolment",
    "EnrolmentChange",
    "EnrolmentList",
    "Invitation",
    "InvitationUse",
    "LiveSession",
    "ModuleOpening",
    "PinnedSet",
    "PlaceRequest",
    "PlannedDate",
    "Progress",
    "QuizClosing",
    "RecordedResult",
    "ReplacedLink",
    "known_time_zone",
]


def known_time_zone(name: str) -> None:
    """Raises ValidationError for a time zone this machine does not know."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(_("%(name)s is not a time zone."), params={"name": name}) from error


class Cohort(models.Model):
    """Learners following a course together, between two days of a named time zone."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=150)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="Europe/London", validators=[known_time_zone])
    own_attempt_rules = models.BooleanField(
        default=False, help_text=_("Use this cohort's rules below instead of the requirement set's")
    )
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Empty: no limit"))
    gap_seconds = models.PositiveIntegerField(default=0)
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    return_days = models.PositiveSmallIntegerField(
        default=10, help_text=_("Working days in which trainers mean to mark what was handed in")
    )
    providers = models.ManyToManyField(Organisation, through="CohortProvider", related_name="cohorts")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def end_of(self, day: date) -> datetime:
        """The moment a day ends in the cohort's time zone, on which there may be 23 or 25 hours in it."""
        return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    def today(self, at: datetime) -> date:
        """Which day it is for this cohort."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()


class CohortProvider(models.Model):
    """One of the providers that deliver a cohort, alone or jointly."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="cohort_providers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "organisation"], name="a_provider_once_per_cohort")]


class ModuleOpening(models.Model):
    """The day on which a module opens to a cohort; one without such a day is open from the start."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="openings")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    opens_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "module"], name="one_opening_per_module_of_a_cohort")]


class CohortOffer(models.Model):
    """A cohort that an organisation may book its people into, and how many places it has there."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cohort_offers")
    places = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit"))

    class Meta:
        verbose_name = _("offer of a cohort")
        verbose_name_plural = _("offers of cohorts")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "organisation"], name="a_cohort_offered_once_to_an_organisation")
        ]

    def __str__(self) -> str:
        return gettext("%(cohort)s for %(organisation)s") % {"cohort": self.cohort, "organisation": self.organisation}


class CohortRole(models.Model):
    """A role in a cohort, from one day to another. A supervisor sees only the learners they are appointed to."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cohort_roles")
    role = models.CharField(max_length=20, choices=CohortRoleCode.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person", "role"], condition=Q(ends_on=None), name="one_open_role_in_cohort"
            )
        ]

    def __str__(self) -> str:
        """Without the person: the desk's log keeps these words, and must not keep a name."""
        return gettext("%(role)s, %(cohort)s") % {"role": self.get_role_display(), "cohort": self.cohort}


@frozen(but=("state", "booking_ended_on", "started_at", "completed_at", "withdrawn_at"))
class Enrolment(models.Model):
    """One run of one learner through one course. A second run is a new row."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    run_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.BOOKED)
    booked_by = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="booked_enrolments")
    agency = models.CharField(max_length=20, choices=Agency.choices, help_text=_("As it was at booking"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", help_text=_("As it was at booking"))
    booked_at = models.DateTimeField()
    booking_ended_on = models.DateField(null=True, help_text=_("The learner left the organisation that booked"))
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"], condition=Q(state__in=LIVE_STATES), name="one_live_run_per_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.course_id} ({self.state})"


class Appointment(models.Model):
    """A supervisor or assessor of one enrolment, from one day to another; nobody is both for one learner."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=AppointmentRole.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "person"], condition=Q(ends_on=None), name="one_open_appointment"
            )
        ]

    def __str__(self) -> str:
        """Without either person: the desk's log keeps these words, and must not keep a name."""
        values = {"role": self.get_role_display(), "cohort": self.enrolment.cohort}
        return gettext("%(role)s of one learner, %(cohort)s") % values

    def clean(self) -> None:
        super().clean()
        if self.enrolment_id and self.person_id == self.enrolment.learner_id:
            raise ValidationError(_("Nobody supervises or assesses their own enrolment."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)


@frozen(unless="reduced_at")
class EnrolmentChange(models.Model):
    """A change of an enrolment's state: from what to what, when, by whom and why."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="changes")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=EnrolmentState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["enrolment", "at", "id"]


class PinnedSet(models.Model):
    """The requirement set that applies to an enrolment for one achievement, and how far it is met (derived)."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="pinned_sets")
    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="+")
    key = models.SlugField()
    pinned_at = models.DateTimeField()
    required_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    met_at = models.DateTimeField(null=True)
    requirements_kept = models.JSONField(
        null=True, help_text=_("Once evidence was lawfully removed: by activity, since when it was met")
    )
    met_kept_at = models.DateTimeField(null=True, help_text=_("Met, but its evidence lawfully removed"))

    DERIVED = ("required_count", "done_count", "percent", "met_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "key"], name="one_pinned_set_per_key")]


class Progress(models.Model):
    """How one enrolment stands with one activity: what happened (facts) and what follows from it (derived)."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="progress")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    digest_seen = models.CharField(max_length=64, blank=True)
    marked_read_at = models.DateTimeField(null=True)
    digest_read = models.CharField(max_length=64, blank=True)
    watched_at = models.DateTimeField(null=True, help_text=_("Watched enough of a film, in this run"))
    place = models.CharField(max_length=80, blank=True, help_text=_("Key of the section last read"))
    place_at = models.DateTimeField(null=True)
    completion_kept_at = models.DateTimeField(null=True, help_text=_("Completed, but its evidence lawfully removed"))
    pass_kept_at = models.DateTimeField(null=True, help_text=_("Passed, but its evidence lawfully removed"))
    state = models.CharField(max_length=12, choices=ProgressState.choices, default=ProgressState.SEEN)
    completed_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)

    DERIVED = ("state", "completed_at", "passed_at")

    class Meta:
        verbose_name_plural = "progress"
        constraints = [models.UniqueConstraint(fields=["enrolment", "activity"], name="one_progress_per_activity")]
