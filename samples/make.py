"""Makes the sample people by the same verbs real people use, so that they cannot be in a state nobody could reach."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from courses.models import Course
from credentials.models import Credential
from enrolments.booking import book_enrolment
from enrolments.choices import AppointmentRole, CohortRoleCode
from enrolments.invitations import invite
from enrolments.models import Cohort, CohortOffer, CohortProvider
from enrolments.requests import ask_for_place
from enrolments.roles import appoint, give_cohort_role
from people.choices import Agency, Nation, OrganisationPurpose, OrganisationRoleCode
from people.models import Area, Membership, Organisation, OrganisationKind, User
from people.roles import give_organisation_role
from post.outbox import queue_message

from .cast import (
    ASKER,
    ASSESSED,
    CAST,
    COHORT,
    COUNCIL,
    COUNCIL_PLACES,
    FUND,
    HEALTH_TRUST,
    LEARNERS,
    NEWCOMER,
    NEWCOMER_NAME,
    OTHER_COHORT,
    OTHER_PROVIDER,
    PARTNERSHIP,
    PROVIDER,
    SUPERVISED,
    Sample,
)
from .meetings import hold_meetings
from .stories import COHORT_DAYS, tell

PURPOSES = {
    PROVIDER: [OrganisationPurpose.TRAINING_PROVIDER],
    OTHER_PROVIDER: [OrganisationPurpose.TRAINING_PROVIDER],
    COUNCIL: [OrganisationPurpose.EMPLOYER],
    HEALTH_TRUST: [OrganisationPurpose.EMPLOYER],
    PARTNERSHIP: [OrganisationPurpose.EMPLOYER, OrganisationPurpose.PARTNERSHIP],
    FUND: [OrganisationPurpose.FUNDER],
}
AREAS = {
    COUNCIL: ["larchmere"],
    HEALTH_TRUST: ["saltby"],
    PARTNERSHIP: ["larchmere", "saltby"],
    FUND: ["larchmere", "saltby"],
}


def make_samples(*, at: datetime) -> int:
    """Make the sample people, organisations and cohorts where there are none; returns how many people were made."""
    if User.objects.filter(email=CAST[0].email).exists():
        return 0
    with transaction.atomic():
        count = _make_all(at)
    # The certificate follows by itself once the hand-in has committed; then its holder lets the page show the name.
    Credential.objects.filter(learner__email__in=[sample.email for sample in CAST]).update(name_shown=True)
    return count


def _make_all(at: datetime) -> int:
    begun = at - timedelta(days=COHORT_DAYS)
    organisations = _organisations()
    people = {sample.key: _person(sample, begun) for sample in CAST}
    cohort, _other = cohorts = _cohorts(organisations, begun)
    _roles(people, organisations, cohorts, begun)
    for name, places in ((COUNCIL, COUNCIL_PLACES), (HEALTH_TRUST, None), (PARTNERSHIP, None)):
        CohortOffer.objects.create(cohort=cohort, organisation=organisations[name], places=places)
    Membership.objects.create(person=people["lena"], organisation=organisations[COUNCIL], started_on=begun.date())
    for sample in LEARNERS:
        employer = organisations[sample.booked_by]
        Membership.objects.create(person=people[sample.key], organisation=employer, started_on=begun.date())
        by = people["lena"] if sample.booked_by == COUNCIL else None
        run = book_enrolment(people[sample.key], cohort, booked_by=employer, at=begun, by=by)
        tell(sample.key, run, begun=begun)
    for key, role, whom in (
        ("asha", AppointmentRole.ASSESSOR, ASSESSED),
        ("ruth", AppointmentRole.SUPERVISOR, SUPERVISED),
    ):
        for run in cohort.enrolments.filter(learner__in=[people[learner] for learner in whom]):
            appoint(people[key], run, role, at=at)
    hold_meetings(cohort, people["beth"], people, begun=begun, at=at)
    _invite_newcomer(cohort, organisations[COUNCIL], people["lena"], at)
    _ask(cohort, organisations[COUNCIL], people["lena"], at)
    return len(people)


def _person(sample: Sample, begun: datetime) -> User:
    """Everybody but Fiona has signed in once: her letter is still unopened."""
    signed_in = None if sample.key == "fiona" else begun
    person = User.objects.create_user(sample.email, None, name=sample.name, agency=sample.agency, last_login=signed_in)
    EmailAddress.objects.create(user=person, email=sample.email, verified=True, primary=True)
    return person


def _organisations() -> dict[str, Organisation]:
    areas = {
        key: Area.objects.get_or_create(key=key, defaults={"name": key.capitalize(), "nation": Nation.ENGLAND})[0]
        for key in ("larchmere", "saltby")
    }
    made = {}
    for name, kinds in PURPOSES.items():
        made[name] = Organisation.objects.create(name=name)
        OrganisationKind.objects.bulk_create(OrganisationKind(organisation=made[name], kind=kind) for kind in kinds)
        made[name].areas.add(*(areas[key] for key in AREAS.get(name, [])))
    return made


def _cohorts(organisations: dict[str, Organisation], begun: datetime) -> tuple[Cohort, Cohort]:
    course = Course.objects.get(key="foundation")
    cohorts = []
    for name, provider in ((COHORT, PROVIDER), (OTHER_COHORT, OTHER_PROVIDER)):
        # No gap and no limit, so that whoever tries the site can fail and try again at once.
        cohort = Cohort.objects.create(course=course, name=name, starts_on=begun.date(), own_attempt_rules=True)
        CohortProvider.objects.create(cohort=cohort, organisation=organisations[provider])
        cohorts.append(cohort)
    return cohorts[0], cohorts[1]


def _roles(
    people: dict[str, User], organisations: dict[str, Organisation], cohorts: tuple[Cohort, Cohort], since: datetime
) -> None:
    for key, group in zip(("beth", "carol"), cohorts, strict=True):
        give_cohort_role(people[key], group, CohortRoleCode.TRAINER, at=since)
    give_organisation_role(people["lena"], organisations[COUNCIL], OrganisationRoleCode.LEAD, at=since)
    give_organisation_role(people["farah"], organisations[FUND], OrganisationRoleCode.FUNDER_READER, at=since)
    for key in ("dev", "mali"):
        people[key].groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))


def _invite_newcomer(cohort: Cohort, employer: Organisation, lead: User, at: datetime) -> None:
    """One invitation waits in the development mailbox, for whoever wants to arrive as a stranger."""
    _invitation, token = invite(
        cohort,
        organisation=employer,
        email=NEWCOMER,
        name=NEWCOMER_NAME,
        expires_at=at + timedelta(days=60),
        at=at,
        by=lead,
    )
    address = settings.SITE_URL + reverse("join", args=[token])
    queue_message(
        kind="invitation",
        address=NEWCOMER,
        language="en",
        subject=f"You are invited to {cohort.name}",
        action="Look at the invitation",
        text=f"Hello,\n\n{employer.name} has booked you a place on the foundation course.\n\nJoin here:\n{address}\n",
        at=at,
    )


def _ask(cohort: Cohort, employer: Organisation, lead: User, at: datetime) -> None:
    """A link that asks first, and somebody who asked by it and waits for the lead's answer."""
    name, email = ASKER
    asker = User.objects.create_user(email, None, name=name, agency=Agency.HEALTH)
    EmailAddress.objects.create(user=asker, email=email, verified=True, primary=True)
    made_at = at - timedelta(days=5)
    link, _token = invite(
        cohort,
        organisation=employer,
        expires_at=at + timedelta(days=60),
        at=made_at,
        max_uses=COUNCIL_PLACES,
        asks_first=True,
        by=lead,
    )
    ask_for_place(link, asker, at=at - timedelta(days=1))
