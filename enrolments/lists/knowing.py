"""What the site knows about the addresses of a list, asked for many at once.

What is known of people who are not of the organisation decides what happens to them and is never shown (decision 0030).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from toolkit.days import site_day

from people.memberships import members_of
from people.models import Organisation, User

from ..coming import forgotten, unanswered
from ..models import Cohort, Enrolment, Invitation

AT_ONCE = 500  # addresses in one question; SQLite takes no list without end


@dataclass(frozen=True)
class Standing:
    """How one address stands towards an organisation that would book it into a cohort.

    A member, and whoever it booked, are known to it by the address they sign in with. A second one is theirs alone: it
    is written to like any other, and only by `person` is it known that no account need be made.
    """

    person: int | None = None
    is_member: bool = False
    is_here: bool = False  # booked by the organisation already, or written to about this course


def in_parts(addresses: Collection[str]) -> Iterator[list[str]]:
    """The addresses, so many at a time."""
    every = list(addresses)
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]


def standings(
    addresses: Iterable[str], organisation: Organisation, cohort: Cohort, *, at: datetime
) -> dict[str, Standing]:
    """How each address (in small letters) stands; one that nobody has and nobody wrote to is not in it."""
    found: dict[str, Standing] = {}
    for part in in_parts(list(dict.fromkeys(addresses))):
        found |= _standings(part, organisation, cohort, at)
    return found


def _standings(part: list[str], organisation: Organisation, cohort: Cohort, at: datetime) -> dict[str, Standing]:
    own = _own(part)
    people = _proved(part) | own
    pks = set(own.values())
    members = set(members_of(organisation, on=site_day(at)).filter(pk__in=pks).values_list("pk", flat=True))
    booked = Enrolment.objects.live().filter(booked_by=organisation, booking_ended_on=None)
    booked = booked.exclude(forgotten(on=site_day(at)))
    here = set(booked.filter(learner__in=pks, course=cohort.course).values_list("learner", flat=True))
    invited = _invited(part, organisation, cohort, at)
    return {
        address: Standing(
            person=people.get(address),
            is_member=own.get(address) in members,
            is_here=own.get(address) in here or address in invited,
        )
        for address in part
        if address in people or address in invited
    }


def _own(part: list[str]) -> dict[str, int]:
    """Who signs in with which address."""
    own = User.objects.annotate(address=Lower("email")).filter(address__in=part)
    return dict(own.values_list("address", "pk"))


def _proved(part: list[str]) -> dict[str, int]:
    """Who has proved which address to be theirs, whether they sign in with it or not."""
    proved = EmailAddress.objects.annotate(address=Lower("email")).filter(address__in=part, verified=True)
    return dict(proved.values_list("address", "user"))


def _invited(part: list[str], organisation: Organisation, cohort: Cohort, at: datetime) -> set[str]:
    """Those written to about this course who have not answered, whether their link still works or not.

    Somebody booked at once who never signed in is here for as long; by nothing may the two be told apart.
    """
    theirs = written_to(organisation, at=at).filter(cohort__course=cohort.course)
    return set(theirs.annotate(address=Lower("email")).filter(address__in=part).values_list("address", flat=True))


def completed_with(organisation: Organisation, cohort: Cohort, *, at: datetime) -> dict[int, date]:
    """The organisation's people who completed the cohort's course in a place it booked, and the last day of that."""
    booked = Enrolment.objects.reported_by(organisation, on=site_day(at))
    done = booked.filter(course=cohort.course, completed_at__isnull=False).order_by("completed_at")
    return {learner: site_day(day) for learner, day in done.values_list("learner", "completed_at")}


def written_to(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """Addressed invitations of the organisation that were neither answered nor taken back."""
    return unanswered(on=site_day(at)).filter(organisation=organisation)


def members(organisation: Organisation, *, at: datetime) -> QuerySet[User]:
    """The organisation's current members who have an address."""
    return members_of(organisation, on=site_day(at)).exclude(email=None)
