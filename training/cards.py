"""What My learning says to whoever leads an organisation or reads a funder's counts: a card and a way in for each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from people.choices import OrganisationPurpose, OrganisationRoleCode
from people.models import Organisation, User
from people.roles import organisations_where

from .looking import EXPIRING, shows
from .narrowing import Show, counts
from .own_people import Row, people_of

ON_A_CARD = ("booked", "doing", "done", EXPIRING)


@dataclass(frozen=True)
class Card:
    """An organisation somebody leads, with the four counts of its list."""

    organisation: Organisation
    counts: list[tuple[Show[Row], int]]


def led_by(person: User, *, on: date) -> list[Card]:
    """A card for each organisation the person leads that day; the same numbers as on its list."""
    offered = [one for one in shows() if one.key in ON_A_CARD]
    led = organisations_where(person, OrganisationRoleCode.LEAD, on=on)
    return [Card(one, counts(people_of(one, on=on), offered)) for one in led]


def funders_read_by(person: User, *, on: date) -> QuerySet[Organisation]:
    """The funders whose counts the person reads that day."""
    read = organisations_where(person, OrganisationRoleCode.FUNDER_READER, on=on)
    return read.filter(kinds__kind=OrganisationPurpose.FUNDER)
