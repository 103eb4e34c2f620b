"""Who may see whom, asked once. The table is in docs/data.md; whatever is not here answers 404."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from toolkit.terms import running

from people.models import Membership, Organisation, User

from .choices import LIVE_STATES, AppointmentRole, CohortRoleCode, EnrolmentState, RequestState


def by_a_yes() -> Exists:
    """Whether an enrolment came of a request that was answered with yes (`OuterRef` is the enrolment)."""
    from .models import PlaceRequest  # the models import these querysets

    return Exists(PlaceRequest.objects.filter(state=RequestState.APPROVED, enrolment=OuterRef("pk")))


class EnrolmentQuerySet(models.QuerySet[Any]):
    """Enrolments, by state and by who may see them."""

    def live(self) -> "EnrolmentQuerySet":
        return self.filter(state__in=LIVE_STATES)

    def not_withdrawn(self) -> "EnrolmentQuerySet":
        return self.exclude(state=EnrolmentState.WITHDRAWN)

    def not_come(self) -> "EnrolmentQuerySet":
        """Booked by a list for somebody who has never signed in, or by a yes for somebody who has not begun."""
        return self.filter(Q(learner__last_login=None) | Q(by_a_yes()), state=EnrolmentState.BOOKED)

    def come(self) -> "EnrolmentQuerySet":
        """All others."""
        return self.exclude(Q(learner__last_login=None) | Q(by_a_yes()), state=EnrolmentState.BOOKED)

    def belonging_to(self, learner: User) -> "EnrolmentQuerySet":
        return self.filter(learner=learner)

    def trained_by(self, person: User, *, on: date) -> "EnrolmentQuerySet":
        """Everyone in the cohorts the person trains that day, whoever employs them."""
        return self.filter(
            running(on, "cohort__roles__"),
            cohort__roles__person=person,
            cohort__roles__role=CohortRoleCode.TRAINER,
        ).distinct()

    def appointed_to(self, person: User, role: str, *, on: date) -> "EnrolmentQuerySet":
        """The enrolments the person supervises or assesses by appointment that day."""
        return self.filter(
            running(on, "appointments__"), appointments__person=person, appointments__role=role
        ).distinct()

    def supervised_by(self, person: User, *, on: date) -> "EnrolmentQuerySet":
        """The enrolments the person supervises that day: of the cohort role alone nobody is seen."""
        return self.appointed_to(person, AppointmentRole.SUPERVISOR, on=on)

    def assessable_by(self, person: User, *, on: date) -> "EnrolmentQuerySet":
        """Those whose learner the person neither teaches nor taught, and works with in no organisation that day.

        DOMAIN: nobody assesses their own trainee or colleague.
        """
        from .models import Appointment, CohortRole  # the models import these querysets

        mine = Membership.objects.current(on).filter(person=person).values("organisation")
        colleagues = Membership.objects.current(on).filter(organisation__in=mine).values("person")
        taught = CohortRole.objects.filter(person=person, starts_on__lte=on).values("cohort")
        guided = Appointment.objects.filter(person=person, role=AppointmentRole.SUPERVISOR, starts_on__lte=on)
        found = self.exclude(cohort__in=taught).exclude(pk__in=guided.values("enrolment"))
        return found.exclude(learner__in=colleagues).exclude(booked_by__in=mine)

    def assessed_by(self, person: User, *, on: date) -> "EnrolmentQuerySet":
        """The enrolments the person assesses that day: an appointment rests while there is a conflict."""
        return self.appointed_to(person, AppointmentRole.ASSESSOR, on=on).assessable_by(person, on=on)

    def still_booked(self, on: date) -> "EnrolmentQuerySet":
        """Those whose learner has not left the organisation that booked them that day; it sees nobody else's."""
        return self.filter(Q(booking_ended_on__isnull=True) | Q(booking_ended_on__gt=on))

    def reported_by(self, organisation: Organisation, *, on: date) -> "EnrolmentQuerySet":
        """What the organisation's leads may list: people it booked who have not left it.

        State, percentage and credential status only; never an answer, score or note.
        """
        return self.still_booked(on).filter(booked_by=organisation)
