"""Who may see whom, asked once. The table is in docs/data.md; whatever is not here answers 404."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from .choices import LIVE_STATES, CohortRoleCode, EnrolmentState

if TYPE_CHECKING:
    from people.models import User


class TermQuerySet(models.QuerySet[Any]):
    """Roles and appointments that run from `starts_on` up to, not including, `ends_on`."""

    def current(self, on: date) -> "TermQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class CohortQuerySet(models.QuerySet[Any]):
    """Cohorts."""

    def trained_by(self, person: "User", *, on: date) -> "CohortQuerySet":
        """Cohorts in which the person is a trainer on that day."""
        from .models import CohortRole

        roles = CohortRole.objects.current(on).filter(person=person, role=CohortRoleCode.TRAINER)
        return self.filter(pk__in=roles.values("cohort"))


class EnrolmentQuerySet(models.QuerySet[Any]):
    """Enrolments, by state and by who may see them."""

    def live(self) -> "EnrolmentQuerySet":
        return self.filter(state__in=LIVE_STATES)

    def not_withdrawn(self) -> "EnrolmentQuerySet":
        return self.exclude(state=EnrolmentState.WITHDRAWN)

    def belonging_to(self, learner: "User") -> "EnrolmentQuerySet":
        return self.filter(learner=learner)

    def trained_by(self, person: "User", *, on: date) -> "EnrolmentQuerySet":
        """Everyone in the cohorts the person trains that day, whoever employs them."""
        from .models import Cohort

        return self.filter(cohort__in=Cohort.objects.trained_by(person, on=on))

    def appointed_to(self, person: "User", role: str, *, on: date) -> "EnrolmentQuerySet":
        """The enrolments the person supervises or assesses by appointment that day."""
        from .models import Appointment

        appointments = Appointment.objects.current(on).filter(person=person, role=role)
        return self.filter(pk__in=appointments.values("enrolment"))

    def reported_to(self, lead: "User", *, on: date) -> "EnrolmentQuerySet":
        """What an organisation's lead may list: people their organisation booked and who have not left it.

        State, percentage and credential status only; never an answer, score or note.
        """
        from people.choices import OrganisationRoleCode
        from people.models import OrganisationRole

        roles = OrganisationRole.objects.current(on).filter(person=lead, role=OrganisationRoleCode.LEAD)
        return self.filter(booked_by__in=roles.values("organisation")).filter(
            Q(booking_ended_on__isnull=True) | Q(booking_ended_on__gt=on)
        )
