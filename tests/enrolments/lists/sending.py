"""Organisations with lists to send, for tests."""

from dataclasses import dataclass

from enrolments.lists.receiving import receive_list
from enrolments.models import Cohort, CohortOffer, EnrolmentList
from people.choices import OrganisationRoleCode
from people.memberships import join_organisation
from people.models import Area, Organisation, User
from people.roles import give_organisation_role
from tests.factories import NOON, TaughtCourse, cohort, organisation, person, taught_course


@dataclass(frozen=True)
class Booker:
    """An organisation with a lead, an area and an offer."""

    taught: TaughtCourse
    cohort: Cohort
    organisation: Organisation
    lead: User
    offer: CohortOffer


def booker(*, places: int | None = None) -> Booker:
    """Larchmere, led by Lena, may book into the autumn cohort; its one area is Larchmere."""
    taught, employer, lena = taught_course(), organisation(), person("Lena Frost")
    group = cohort(taught.course)
    give_organisation_role(lena, employer, OrganisationRoleCode.LEAD, at=NOON)
    employer.areas.add(Area.objects.create(key="larchmere", name="Larchmere", nation="wales"))
    offer = CohortOffer.objects.create(organisation=employer, cohort=group, places=places)
    return Booker(taught, group, employer, lena, offer)


def member(of: Booker, name: str, email: str | None = None) -> User:
    """Somebody who has belonged to the organisation since NOON."""
    made = person(name, email)
    join_organisation(made, of.organisation, at=NOON)
    return made


def csv_of(*lines: str, headings: str = "E-mail,Name") -> bytes:
    """A CSV file with these lines."""
    return "\n".join([headings, *lines, ""]).encode()


def sent(of: Booker, content: bytes, name: str = "list.csv") -> EnrolmentList:
    """A list that was sent in, and checked if it is small."""
    return receive_list(content, name, organisation=of.organisation, cohort=of.cohort, by=of.lead, at=NOON)
