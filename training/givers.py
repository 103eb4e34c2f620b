"""Who gives out places: an organisation by its leads, or a cohort by its trainers. Their pages are the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from toolkit.days import site_day

from enrolments.choices import RequestState
from enrolments.models import Cohort, CohortOffer, CohortRole, Invitation, PlaceRequest
from enrolments.places import offers_to
from people.models import Membership, Organisation, OrganisationRole


@dataclass(frozen=True)
class Giver:
    """Either an organisation, or a cohort whose places no organisation gives out."""

    organisation: Organisation | None = None
    cohort: Cohort | None = None

    def invitations(self) -> QuerySet[Invitation]:
        """Those it made by hand. What came of a list or of a yes stands among the people, like a booking."""
        if self.organisation:
            return Invitation.objects.filter(organisation=self.organisation, by_list=False)
        return Invitation.objects.filter(cohort=self.cohort, organisation=None, by_list=False)

    def requests(self) -> QuerySet[PlaceRequest]:
        if self.organisation:
            return PlaceRequest.objects.filter(organisation=self.organisation)
        return PlaceRequest.objects.filter(cohort=self.cohort, organisation=None)

    def waiting_requests(self) -> QuerySet[PlaceRequest]:
        return self.requests().filter(state=RequestState.WAITING)

    def waiting_count(self) -> int:
        return self.waiting_requests().count()

    def cohorts(self, *, on: date) -> list[Cohort]:
        """The cohorts it may invite into that day."""
        return [self.cohort] if self.cohort else [offer.cohort for offer in self.offers(on=on)]

    def offers(self, *, on: date) -> list[CohortOffer]:
        return list(offers_to(self.organisation, on=on)) if self.organisation else []

    def colleagues(self, *, on: date) -> frozenset[int]:
        """Those among its leads or trainers, of now or earlier, who still belong to it that day."""
        if self.organisation is None:
            return frozenset(CohortRole.objects.current(on).filter(cohort=self.cohort).values_list("person", flat=True))
        leads = OrganisationRole.objects.filter(organisation=self.organisation)
        members = Membership.objects.current(on).filter(organisation=self.organisation)
        still = leads.filter(pk__in=leads.current(on)) | leads.filter(person__in=members.values("person"))
        return frozenset(still.values_list("person", flat=True))

    @property
    def name(self) -> str:
        """Of the organisation or the cohort."""
        return self.organisation.name if self.organisation else self.cohort.name if self.cohort else ""

    @property
    def column(self) -> dict[str, Any]:
        """The columns by which a row is its own."""
        return {"organisation": self.organisation, "cohort": self.cohort}

    def url(self, page: str, *things: Any) -> str:
        """The address of one of its pages, such as "invitations"."""
        kind, mine = ("organisation", self.organisation) if self.organisation else ("cohort", self.cohort)
        assert mine is not None
        return reverse(f"{kind}_{page}", args=[mine.uuid, *things])

    def context(self, tab: str) -> dict[str, Any]:
        """What every page of it needs: its frame and the addresses that all of them name."""
        frame = "training/organisation.html" if self.organisation else "training/cohort.html"
        pages = ("invitations", "invitation_link", "invitation_letter", "requests")
        urls = {page: self.url(page) for page in pages}
        return {
            "frame": frame,
            "organisation": self.organisation,
            "cohort": self.cohort,
            "tab": tab,
            "urls": urls,
            "colleagues": self.colleagues(on=site_day()),
        }
