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


class AdjustmentKind(models.TextChoices):
    """What a trainer grants one learner beyond the rules."""

    ATTEMPT = "attempt", _("One more attempt")
    AT_ONCE = "at_once", _("The next attempt without a pause")
    TIME = "time", _("Extra time")


class LearnerMove(models.TextChoices):
    """What a trainer does with a learner's place in their cohort."""

    LEAVE = "leave", _("Put on leave")
    BACK = "back", _("Back from leave")
    END = "end", _("Ends the course")


class AttendanceState(models.TextChoices):
    """What a register says of one learner at one live session. Only the first counts toward the course."""

    PRESENT = "present", _("Present")
    PART = "part", _("There for part")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class RequestState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ListState(models.TextChoices):
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    TAKING_IN = "taking_in", _("Being taken in")
    TAKEN_IN = "taken_in", _("Taken in")
    GIVEN_UP = "given_up", _("Given up")


class InvitationState(models.TextChoices):
    """How an invitation stands at a moment; follows from its row and is not stored."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    EXPIRED = "expired", _("Run out")
    WITHDRAWN = "withdrawn", _("Withdrawn")
