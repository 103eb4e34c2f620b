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
from enrolments.choices import CohortRoleCode
from enrolments.invitations import invite
from enrolments.models import Cohort, CohortOffer, CohortProvider
from enrolments.roles import give_cohort_role
from people.choices import Nation, OrganisationPurpose, OrganisationRoleCode
from people.models import Area, Membership, Organisation, OrganisationKind, User
from people.roles import give_organisation_role
from post.outbox import queue_message

from .cast import (
    CAST,
    COHORT,
    COUNCIL,
    HEALTH_TRUST,
    LEARNERS,
    NEWCOMER,
    OTHER_COHORT,
    OTHER_PROVIDER,
    PARTNERSHIP,
    PROVIDER,
    Sample,
)
from .stories import COHORT_DAYS, tell

PURPOSES = {
    PROVIDER: [OrganisationPurpose.TRAINING_PROVIDER],
    OTHER_PROVIDER: [OrganisationPurpose.TRAINING_PROVIDER],
    COUNCIL: [OrganisationPurpose.EMPLOYER],
    HEALTH_TRUST: [OrganisationPurpose.EMPLOYER],
    PARTNERSHIP: [OrganisationPurpose.EMPLOYER, OrganisationPurpose.PARTNERSHIP],
}
AREAS = {COUNCIL: ["larchmere"], HEALTH_TRUST: ["saltby"], PARTNERSHIP: ["larchmere", "saltby"]}


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
    people = {sample.key: _person(sample) for sample in CAST}
    cohort, _other = cohorts = _cohorts(organisations, begun)
    _roles(people, organisations[COUNCIL], cohorts, begun)
    Membership.objects.create(person=people["lena"], organisation=organisations[COUNCIL], started_on=begun.date())
    for sample in LEARNERS:
        employer = organisations[sample.booked_by]
        Membership.objects.create(person=people[sample.key], organisation=employer, started_on=begun.date())
        by = people["lena"] if sample.booked_by == COUNCIL else None
        run = book_enrolment(people[sample.key], cohort, booked_by=employer, at=begun, by=by)
        tell(sample.key, run, begun=begun)
    _invite_newcomer(cohort, organisations[COUNCIL], people["beth"], at)
    return len(people)


def _person(sample: Sample) -> User:
    person = User.objects.create_user(sample.email, None, name=sample.name, agency=sample.agency)
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
    CohortOffer.objects.create(cohort=cohorts[0], organisation=organisations[COUNCIL], places=40)
    return cohorts[0], cohorts[1]


def _roles(people: dict[str, User], employer: Organisation, cohorts: tuple[Cohort, Cohort], since: datetime) -> None:
    for key, group in zip(("beth", "carol"), cohorts, strict=True):
        give_cohort_role(people[key], group, CohortRoleCode.TRAINER, at=since)
    give_organisation_role(people["lena"], employer, OrganisationRoleCode.LEAD, at=since)
    people["dev"].groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))


def _invite_newcomer(cohort: Cohort, employer: Organisation, trainer: User, at: datetime) -> None:
    """One invitation waits in the development mailbox, for whoever wants to arrive as a stranger."""
    _invitation, token = invite(
        cohort, organisation=employer, email=NEWCOMER, expires_at=at + timedelta(days=60), at=at, by=trainer
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
