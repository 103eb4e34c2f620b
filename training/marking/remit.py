"""Whose responses are somebody's to mark: of a cohort they train, or of the learners they are appointed to assess."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from toolkit.days import site_day

from assessments.models import Response
from enrolments.models import Cohort, Enrolment
from people.models import User


@dataclass(frozen=True)
class Remit:
    """A marker in a cohort; without one, by appointment, whatever the cohort (docs/data.md, "Who may see whom")."""

    marker: User
    cohort: Cohort | None = None

    def enrolments(self) -> QuerySet[Enrolment]:
        """Those whose responses may be marked. Whether the marker trains the cohort the door has asked."""
        if self.cohort:
            return Enrolment.objects.filter(cohort=self.cohort)
        return Enrolment.objects.assessed_by(self.marker, on=site_day())

    def cohort_of(self, response: Response) -> Cohort:
        """The one whose days and working days hold for a response."""
        cohort: Cohort = self.cohort or response.place.attempt.link.enrolment.cohort
        return cohort

    @property
    def queue_url(self) -> str:
        return reverse("cohort_marking", args=[self.cohort.uuid]) if self.cohort else reverse("assessing")

    def url_of(self, response: Response) -> str:
        """The page on which a response is marked."""
        if self.cohort:
            return reverse("cohort_mark", args=[self.cohort.uuid, response.pk])
        return reverse("assessing_mark", args=[response.pk])
