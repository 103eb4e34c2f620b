"""Believable cohorts of any size: the same people with the same stories for the same seed.

Each learner is drawn from the seed and their own number, so a larger demo is a smaller one and more; whoever is there
already is left alone. Days are counted from when a cohort began. They live their stories by the verbs that real people
use (stories.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Sum

from assessments.models import Assessment
from courses.models import Course, LessonPage
from enrolments.booking import book_enrolment
from enrolments.choices import CohortRoleCode, EnrolmentState
from enrolments.models import Cohort, CohortOffer
from enrolments.roles import give_cohort_role
from enrolments.states import change_state
from people.choices import Agency, OrganisationPurpose
from people.models import Organisation, OrganisationKind, User

from .letters import NOWHERE, send_nothing_to_nowhere
from .stories import Leave, Pause, Read, Sit, Step, take

IN_A_COHORT = 14  # DOMAIN 1: a trainer runs a cohort of 8 to 16
DAYS = 56  # how long ago the first cohort began; each of the next three a week later
FIRST_NAMES = (
    "Aled", "Amara", "Anwen", "Bilal", "Bronwen", "Callum", "Carys", "Chidi", "Dafydd", "Deepa", "Eilidh",
    "Elin", "Farid", "Fern", "Gethin", "Gwen", "Hana", "Harri", "Idris", "Ifan", "Isla", "Jamal", "Jaya",
    "Kofi", "Leila", "Lowri", "Mabli", "Marek", "Mei", "Nerys", "Niamh", "Omar", "Osian", "Priya", "Rhodri",
    "Rosa", "Samir", "Seren", "Tariq", "Tegan", "Uma", "Wanda", "Yusuf", "Zofia",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Ashdown", "Bexley", "Brynmor", "Calloway", "Chaudhry", "Coombe", "Dobrev", "Dunmore", "Eastwell",
    "Fairburn", "Ferreira", "Gallimore", "Greaves", "Haddad", "Hartnell", "Iqbal", "Jessop", "Kaplan",
    "Kilbride", "Lathbury", "Llewelyn", "Maddox", "Marlow", "Nkemelu", "Norbury", "Okoro", "Olden", "Pargeter",
    "Penhale", "Quill", "Radcliffe", "Rosewarne", "Sandhu", "Silcox", "Tremayne", "Underhill", "Vaughan",
    "Wexcombe", "Yardley",
)  # fmt: skip
EMPLOYERS = (
    ("Marrick Council", (Agency.SOCIAL_CARE, Agency.EDUCATION, Agency.HOUSING), 6),
    ("Marrick Health Trust", (Agency.HEALTH,), 4),
    ("Marrick Police", (Agency.POLICE,), 2),
    ("Marrick Probation", (Agency.PROBATION,), 1),
    ("Marrick Voluntary Forum", (Agency.VOLUNTARY,), 1),
)
LEAVES = "leaves"
# How people go about a course, and how many of twenty do.
WAYS = {"steady": 7, "quick": 3, "slow": 4, "fails first": 2, "stuck": 1, "on leave": 1, LEAVES: 1, "not begun": 1}


@dataclass(frozen=True)
class Drawn:
    """One learner as the seed has them: `steps` are their story, `leaves_on` the day they withdraw, if they do."""

    number: int
    name: str
    agency: str
    employer: str
    steps: tuple[Step, ...]
    leaves_on: float | None


@dataclass(frozen=True)
class Size:
    """How much there is to do in the course."""

    lessons: int
    questions: int


def draw(seed: int, number: int, size: Size) -> Drawn:
    """The learner of this number. Pure: the same for the same seed and course."""
    chance = Random(f"{seed}:{number}")  # noqa: S311  a draw, not a secret
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    employer, agencies, _weight = chance.choices(EMPLOYERS, [weight for _name, _agencies, weight in EMPLOYERS])[0]
    way = chance.choices(list(WAYS), list(WAYS.values()))[0]
    steps = tuple(_steps(way, chance, size))
    last = max((step.day for step in steps), default=0.0)
    return Drawn(number, name, chance.choice(agencies), employer, steps, last + 1 if way == LEAVES else None)


def _steps(way: str, chance: Random, size: Size) -> Iterator[Step]:
    if way == "not begun":
        return
    pace = {"quick": 1.2, "slow": 6.0}.get(way, 3.0)
    day = 1 + 4 * chance.random()
    stops_at = chance.randint(1, size.lessons) if way in ("slow", "on leave", LEAVES) else size.lessons
    for lesson in range(1, stops_at + 1):
        if day > DAYS - 35:
            return  # the youngest cohort began five weeks ago: nothing lies in the future
        if lesson == stops_at and way in ("on leave", LEAVES):
            yield Leave(day, lesson, 0)
        else:
            yield Read(day, lesson, timedelta(minutes=chance.randint(4, 16)))
        day += pace * (0.5 + chance.random())
    if way == "on leave":
        yield Pause(day)
    elif way not in ("slow", LEAVES):
        yield from _sittings(way, day, chance, size)


def _sittings(way: str, day: float, chance: Random, size: Size) -> Iterator[Step]:
    """Those who fail have under seven tenths right; the others reach it."""
    needed = -(-size.questions * 7 // 10)
    failures = {"fails first": 1, "stuck": 3}.get(way, 0)
    for _attempt in range(failures):
        yield Sit(day, chance.randint(needed // 2, needed - 1))
        day += 1.5
    if way != "stuck":
        yield Sit(day, chance.randint(needed, size.questions))


def make_demo(*, learners: int, seed: int, at: datetime) -> int:
    """Make whoever of them is not there yet, in cohorts of fourteen that Beth trains; returns how many were made."""
    course = Course.objects.get(key="foundation")
    size = _size_of(course)
    there = set(
        User.objects.filter(email__in=[_address(seed, one) for one in range(learners)]).values_list("email", flat=True)
    )
    missing = [number for number in range(learners) if _address(seed, number) not in there]
    employers = {name: _employer(name) for name, _agencies, _weight in EMPLOYERS}
    for number in missing:
        with transaction.atomic():
            _live(draw(seed, number, size), seed, course, employers, at)
    send_nothing_to_nowhere()
    return len(missing)


def _size_of(course: Course) -> Size:
    lessons = LessonPage.objects.filter(activity__course=course, language="en").count()
    quiz = Assessment.objects.filter(activity__course=course).aggregate(count=Sum("blueprint__count"))
    return Size(lessons, quiz["count"] or 0)


def _address(seed: int, number: int) -> str:
    return f"demo-{seed}-{number}@{NOWHERE}"


def _employer(name: str) -> Organisation:
    made, is_new = Organisation.objects.get_or_create(name=name)
    if is_new:
        OrganisationKind.objects.create(organisation=made, kind=OrganisationPurpose.EMPLOYER)
    return made


def _live(one: Drawn, seed: int, course: Course, employers: dict[str, Organisation], at: datetime) -> None:
    group = one.number // IN_A_COHORT
    begun = at - timedelta(days=DAYS - 7 * (group % 4))
    cohort = _cohort(f"Demo {seed}, cohort {group + 1}", course, list(employers.values()), begun)
    began = one.steps or one.leaves_on
    person = User.objects.create_user(
        _address(seed, one.number), None, name=one.name, agency=one.agency, last_login=begun if began else None
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    run = book_enrolment(person, cohort, booked_by=employers[one.employer], at=begun)
    for step in one.steps:
        take(step, f"demo {seed}-{one.number}", run, at=begun + timedelta(days=step.day))
    if one.leaves_on is not None:
        change_state(run, EnrolmentState.WITHDRAWN, at=begun + timedelta(days=one.leaves_on), why="Another post")


def _cohort(name: str, course: Course, employers: Sequence[Organisation], begun: datetime) -> Cohort:
    """Made with the first of its learners. As in the sample cohort, attempts have no limit and no pause."""
    found = Cohort.objects.filter(course=course, name=name).first()
    if found:
        return found
    made = Cohort.objects.create(course=course, name=name, starts_on=begun.date(), own_attempt_rules=True)
    CohortOffer.objects.bulk_create(CohortOffer(cohort=made, organisation=one) for one in employers)
    trainer = User.objects.filter(email="beth@example.org").first()
    if trainer:
        give_cohort_role(trainer, made, CohortRoleCode.TRAINER, at=begun)
    return made
