"""A yes to somebody who came on the course another way meanwhile: it stands, and nobody but they learn why.

Why it is so: docs/decisions/0035-a-yes-that-changes-nothing.md.
"""

from datetime import datetime

from people.memberships import join_organisation
from people.models import User

from .coming import KEPT_FOR
from .invitations import invite
from .models import Enrolment, Invitation, PlaceRequest


def keep_place(asked: PlaceRequest, *, by: User, at: datetime) -> Invitation:
    """A place kept for them in the caller's transaction, beside the run they have; it stands on lists as a letter.

    They belong to the organisation from now on, as whoever is booked does. The link's secret goes nowhere: should they
    leave the other run, My learning offers the place while the cohort lasts. How long it is kept does not depend on
    the cohort: it is emptied on the day a booking by such a yes is forgotten (coming.py).
    """
    if asked.organisation:
        join_organisation(asked.person, asked.organisation, at=at, by=by)
    kept, _secret = invite(
        asked.cohort,
        organisation=asked.organisation,
        email=asked.person.email or "",
        name=asked.person.name,
        expires_at=at + KEPT_FOR,
        at=at,
        by=by,
    )
    kept.by_list = True
    kept.save(update_fields=["by_list"])
    return kept


def run_elsewhere(asked: PlaceRequest) -> Enrolment | None:
    """The live run of the course that whoever gives out this place did not book."""
    live = Enrolment.objects.live().filter(learner=asked.person, course=asked.cohort.course)
    if asked.organisation:
        live = live.exclude(booked_by=asked.organisation)
    return live.select_related("cohort").first()
