"""How many places an organisation has in a cohort, and how many are left."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import ngettext

from people.models import Organisation

from .coming import forgotten, unanswered
from .models import Cohort, CohortOffer, Enrolment, Invitation


class NoPlacesLeft(Exception):
    """Raised when an organisation would book more people into a cohort than it has places there."""


def offers_to(organisation: Organisation, *, on: date) -> QuerySet[CohortOffer]:
    """The cohorts the organisation may book into that day: offered to it, and not over."""
    not_over = Q(cohort__ends_on=None) | Q(cohort__ends_on__gte=on)
    return organisation.cohort_offers.filter(not_over).select_related("cohort__course").order_by("cohort__name")


def places_taken(cohort: Cohort, organisation: Organisation, *, at: datetime) -> int:
    """Places booked and not given up, with those kept for somebody who was written to.

    Whoever left the organisation before they began leaves their place free, whatever they do later; whoever had begun
    has used it. A letter keeps its place until it is taken back, even when its link works no more, as a booking does
    whose learner never signed in: by the places left the two may not be told apart.
    """
    begun_later = Q(started_at=None) | Q(started_at__date__gte=F("booking_ended_on"))
    left_unbegun = Q(booking_ended_on__lte=cohort.today(at)) & begun_later
    booked = Enrolment.objects.not_withdrawn().filter(cohort=cohort, booked_by=organisation)
    booked = booked.exclude(left_unbegun).exclude(forgotten(on=cohort.today(at)))
    kept = unanswered(on=cohort.today(at)).filter(cohort=cohort, organisation=organisation)
    return booked.count() + kept.count()


def places_left(cohort: Cohort, organisation: Organisation, *, at: datetime) -> int | None:
    """How many more people the organisation may book; None: no limit."""
    offer = CohortOffer.objects.filter(cohort=cohort, organisation=organisation).first()
    if offer is None or offer.places is None:
        return None
    return max(offer.places - places_taken(cohort, organisation, at=at), 0)


def has_place(invitation: Invitation, *, at: datetime) -> bool:
    """Whether somebody who came by a link now would find a seat of it and a place of the organisation free."""
    if invitation.uses.count() >= invitation.max_uses:
        return False
    return not invitation.organisation or places_left(invitation.cohort, invitation.organisation, at=at) != 0


def require_places(cohort: Cohort, organisation: Organisation | None, *, count: int, at: datetime) -> None:
    """Hold the organisation's offer and make sure it has so many places left. Raises NoPlacesLeft.

    Without an offer, or with one that names no number, there is no limit. Runs in the caller's transaction.
    """
    if organisation is None:
        return
    CohortOffer.objects.select_for_update().filter(cohort=cohort, organisation=organisation).first()
    left = places_left(cohort, organisation, at=at)
    if left is not None and count > left:
        words = ngettext(
            "%(organisation)s has %(count)s place left in %(cohort)s.",
            "%(organisation)s has %(count)s places left in %(cohort)s.",
            left,
        )
        raise NoPlacesLeft(words % {"organisation": organisation.name, "count": left, "cohort": cohort.name})
