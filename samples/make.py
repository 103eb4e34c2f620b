"""Makes the sample people by the same verbs real people use, so that they cannot be in a state nobody could reach."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from assessments.attempts import finish_attempt, save_draft
from assessments.models import Attempt
from courses.choices import ActivityKind
from courses.models import Course, LessonPage
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.booking import book_enrolment
from enrolments.choices import CohortRoleCode
from enrolments.invitations import invite
from enrolments.models import Cohort, CohortProvider, Enrolment
from enrolments.progress import keep_place, mark_read, note_seen
from enrolments.roles import give_cohort_role
from people.choices import Nation, OrganisationPurpose, OrganisationRoleCode
from people.models import Area, Membership, Organisation, OrganisationKind, User
from people.roles import give_organisation_role
from post.outbox import queue_message

from .cast import CAST, COHORT, EMPLOYER, NEWCOMER, OTHER_COHORT, OTHER_EMPLOYER, PROVIDER


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
    people = {sample.key: _person(sample.email, sample.name, sample.agency) for sample in CAST}
    provider, employer = _organisations()
    cohort, other_cohort = _cohorts(provider, at)
    _roles(people, employer, cohort, other_cohort, at)
    for key in ("amina", "bryn", "ceri", "lena"):
        Membership.objects.create(person=people[key], organisation=employer, started_on=at.date())
    begun = at - timedelta(days=12)
    runs = {
        key: book_enrolment(people[key], cohort, booked_by=employer, at=begun, by=people["lena"])
        for key in ("amina", "bryn", "ceri")
    }
    _read_half(runs["amina"], begun)
    _earn(runs["ceri"], begun)
    _invite_newcomer(cohort, employer, people["beth"], at)
    return len(people)


def _person(email: str, name: str, agency: str) -> User:
    person = User.objects.create_user(email, None, name=name, agency=agency)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def _organisations() -> tuple[Organisation, Organisation]:
    area, _made = Area.objects.get_or_create(key="larchmere", defaults={"name": "Larchmere", "nation": Nation.ENGLAND})
    made = []
    for name, kinds in (
        (PROVIDER, [OrganisationPurpose.TRAINING_PROVIDER]),
        (EMPLOYER, [OrganisationPurpose.EMPLOYER, OrganisationPurpose.PARTNERSHIP]),
        (OTHER_EMPLOYER, [OrganisationPurpose.EMPLOYER]),
    ):
        organisation = Organisation.objects.create(name=name)
        OrganisationKind.objects.bulk_create(OrganisationKind(organisation=organisation, kind=kind) for kind in kinds)
        made.append(organisation)
    made[1].areas.add(area)
    return made[0], made[1]


def _cohorts(provider: Organisation, at: datetime) -> tuple[Cohort, Cohort]:
    course = Course.objects.get(key="foundation")
    cohorts = []
    for name in (COHORT, OTHER_COHORT):
        # No gap and no limit, so that whoever tries the site can fail and try again at once.
        cohort = Cohort.objects.create(
            course=course, name=name, starts_on=(at - timedelta(days=14)).date(), own_attempt_rules=True
        )
        CohortProvider.objects.create(cohort=cohort, organisation=provider)
        cohorts.append(cohort)
    return cohorts[0], cohorts[1]


def _roles(people: dict[str, User], employer: Organisation, cohort: Cohort, other_cohort: Cohort, at: datetime) -> None:
    since = at - timedelta(days=14)
    for key, group in (("beth", cohort), ("carol", other_cohort)):
        give_cohort_role(people[key], group, CohortRoleCode.TRAINER, at=since)
    give_organisation_role(people["lena"], employer, OrganisationRoleCode.LEAD, at=since)
    people["dev"].groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))


def _lessons(run: Enrolment) -> list[LessonPage]:
    pages = LessonPage.objects.filter(activity__course=run.course, language="en").select_related("activity")
    return list(pages.order_by("activity__module__number", "activity__position"))


def _read_half(run: Enrolment, at: datetime) -> None:
    """Two lessons read, the third left in the middle."""
    first, second, third, *_rest = _lessons(run)
    for day, page in enumerate((first, second), start=1):
        moment = at + timedelta(days=day)
        note_seen(run, page.activity, digest=page.content_digest, at=moment)
        mark_read(run, page.activity, digest=page.content_digest, at=moment + timedelta(minutes=9))
    left_at = at + timedelta(days=4)
    note_seen(run, third.activity, digest=third.content_digest, at=left_at)
    keep_place(run, third.activity, section=third.sections[2][0], at=left_at + timedelta(minutes=4))


def _earn(run: Enrolment, at: datetime) -> None:
    """All lessons read, one attempt not passed, the next one passed: the certificate follows by itself."""
    for day, page in enumerate(_lessons(run), start=1):
        moment = at + timedelta(days=day)
        note_seen(run, page.activity, digest=page.content_digest, at=moment)
        mark_read(run, page.activity, digest=page.content_digest, at=moment + timedelta(minutes=9))
    quiz = run.course.activities.filter(kind=ActivityKind.ASSESSMENT).get().assessment
    for day, passes in ((6, False), (7, True)):
        moment = at + timedelta(days=day)
        _sit(begin_attempt(run, quiz, language="en", at=moment), passes=passes, at=moment)


def _sit(attempt: Attempt, *, passes: bool, at: datetime) -> None:
    for place in attempt.places.select_related("item_version"):
        right = place.item_version.key["correct"]
        wrong = [choice for choice in place.choice_order if choice not in right][:1]
        wanted = right if passes else wrong
        posted = [str(place.choice_order.index(choice) + 1) for choice in wanted]
        save_draft(place, posted=posted, sequence=1, at=at + timedelta(minutes=place.position))
    finish_attempt(attempt, at=at + timedelta(minutes=14))


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
        text=f"Hello,\n\n{employer.name} has booked you a place on the foundation course.\n\nJoin here:\n{address}\n",
        at=at,
    )
