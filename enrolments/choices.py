"""States and roles of the enrolments room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentState(models.TextChoices):
    BOOKED = "booked", _("Booked")
    ACTIVE = "active", _("Active")
    ON_LEAVE = "on_leave", _("On leave")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIVE_STATES = (EnrolmentState.BOOKED, EnrolmentState.ACTIVE, EnrolmentState.ON_LEAVE)
READING_STATES = (*LIVE_STATES, EnrolmentState.COMPLETED)


class CohortRoleCode(models.TextChoices):
    TRAINER = "trainer", _("Trainer")
    SUPERVISOR = "supervisor", _("Supervisor")


class AppointmentRole(models.TextChoices):
    SUPERVISOR = "supervisor", _("Supervisor")
    ASSESSOR = "assessor", _("Assessor")


class ProgressState(models.TextChoices):
    SEEN = "seen", _("Started")
    COMPLETED = "completed", _("Done")
