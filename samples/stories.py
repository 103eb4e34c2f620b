"""What each sample learner did, day by day: the same at every start, counted from the day the cohort began.

Told with the verbs real people use, so that nobody is in a state nobody could reach. Two are stuck, one is racing, one
is on leave, one is certified; Bryn and Fiona have not begun.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.attempts import finish_attempt, save_draft
from assessments.items import item_type
from assessments.models import Assessment, Attempt
from assessments.queries import as_posted
from courses.models import LessonPage
from enrolments.attempts import begin_attempt
from enrolments.choices import CohortRoleCode, LearnerMove
from enrolments.models import Enrolment
from enrolments.moving import changes_so_far, move_learner
from enrolments.progress import keep_place, mark_read, note_seen

LONG_READ, SHORT_READ = timedelta(minutes=9), timedelta(minutes=2)


@dataclass(frozen=True)
class Read:
    """A lesson, by number, opened and marked as read."""

    day: float
    lesson: int
    takes: timedelta = LONG_READ


@dataclass(frozen=True)
class Leave:
    """A lesson opened and left at its section of this number, from 0."""

    day: float
    lesson: int
    section: int


@dataclass(frozen=True)
class Sit:
    """An attempt at the first module's quiz with this many questions right, the others answered wrongly, handed in."""

    day: float
    right: int


@dataclass(frozen=True)
class Begin:
    """An attempt begun, this many questions answered, and left open."""

    day: float
    answered: int


@dataclass(frozen=True)
class Write:
    """The written exercise beside the course, handed in with these words; it waits for the trainer."""

    day: float
    words: str


@dataclass(frozen=True)
class Pause:
    """Going on leave."""

    day: float


Step = Read | Leave | Sit | Begin | Write | Pause

ASKED_TWICE = (
    "The call centre had written “condensation, routine”, and that is what she read. She rang twice when the tenant "
    "had said she would be in. After the second call the screen offered two ways on, and urgent was for leaks. "
    "Closing meant that the tenant would ring back, as most did."
)
TWO_PATCHES = (
    "She had 64 repairs and two patches that week, and five days for each routine one. What was on her list had been "
    "sorted by somebody else. Nobody showed her a cot or a baby who coughed; she saw a line like many others."
)
MISSED_IT = "She missed it because there was too much to do. She should have gone to look."

COHORT_DAYS = 28  # how long ago the cohort began
STORIES: dict[str, tuple[Step, ...]] = {
    "amina": (Read(17, 1), Read(20, 2), Write(21, ASKED_TWICE), Leave(26, 3, 2)),
    "bryn": (),
    "ceri": (Read(3, 1), Read(5, 2), Read(8, 3), Read(10, 4), Sit(12, 4), Sit(14, 8), Read(23, 5), Read(26, 6)),
    "tomasz": (Read(9, 1), Read(23, 2)),
    "joan": (Read(2, 1), Read(4, 2), Read(7, 3), Read(9, 4), Sit(11, 3), Sit(15, 4), Sit(19, 3)),
    "emyr": (Read(6, 1), Read(13, 2), Read(20, 3), Read(26, 4), Begin(27, 4)),
    "fiona": (),
    "grace": (Read(4, 1), Leave(11, 2, 1), Pause(18)),
    "nadia": (Read(5, 1), Read(9, 2), Write(10, MISSED_IT), Read(14, 3), Read(19, 4), Sit(24, 5), Leave(27, 2, 1)),
    "kwame": (Read(16, 1), Read(18, 2), Write(19, TWO_PATCHES), Read(24, 3), Read(27, 4)),
    "imran": tuple(Read(27 + number / 480, number, SHORT_READ) for number in (1, 2, 3, 4)),
    "hannah": (Leave(7, 1, 1),),
    "sioned": (Read(25, 1),),
    "leroy": (Read(8, 1), Read(15, 2), Write(16, MISSED_IT.upper()), Read(22, 3)),
}


def tell(key: str, run: Enrolment, *, begun: datetime) -> None:
    """Live through a learner's story in their run, which began then."""
    for step in STORIES[key]:
        take(step, key, run, at=begun + timedelta(days=step.day))


def take(step: Step, key: str, run: Enrolment, *, at: datetime) -> None:
    """One step of a story, at this moment; `key` is whose it is, and decides which questions are drawn."""
    match step:
        case Read(lesson=number, takes=takes):
            page = _lesson(run, number)
            note_seen(run, page.activity, digest=page.content_digest, at=at)
            mark_read(run, page.activity, digest=page.content_digest, at=at + takes)
        case Leave(lesson=number, section=section):
            page = _lesson(run, number)
            note_seen(run, page.activity, digest=page.content_digest, at=at)
            keep_place(run, page.activity, section=page.sections[section][0], at=at + timedelta(minutes=4))
        case Sit(right=right):
            attempt = _begin(run, f"{key}, day {step.day:g}", at)
            _answer(attempt, right=right, answered=attempt.places.count(), at=at)
            finish_attempt(attempt, at=at + timedelta(minutes=14))
        case Begin(answered=answered):
            _answer(_begin(run, f"{key}, day {step.day:g}", at), right=answered, answered=answered, at=at)
        case Write(words=words):
            attempt = _begin(run, f"{key}, day {step.day:g}", at, beside=True)
            save_draft(attempt.places.get(), posted=["1", "3"], words=words, sequence=1, at=at)
            finish_attempt(attempt, at=at + timedelta(minutes=20))
        case Pause():
            trainer = run.cohort.roles.filter(role=CohortRoleCode.TRAINER).first()
            by = trainer.person if trainer else None
            move_learner(run, LearnerMove.LEAVE, seen=changes_so_far(run), at=at, by=by)


def _lesson(run: Enrolment, number: int) -> LessonPage:
    pages = LessonPage.objects.filter(activity__course=run.course, language="en").select_related("activity")
    return pages.order_by("activity__module__number", "activity__position")[number - 1]


def _begin(run: Enrolment, seed: str, at: datetime, *, beside: bool = False) -> Attempt:
    found = Assessment.objects.filter(activity__course=run.course, own_pass_share__isnull=not beside)
    quiz = found.earliest("activity__module__number", "activity__position")
    return begin_attempt(run, quiz, language="en", at=at, seed=seed)


def _answer(attempt: Attempt, *, right: int, answered: int, at: datetime) -> None:
    """Answer the first questions: `right` of them as the key says, the others so that they earn nothing."""
    for place in attempt.places.select_related("item_version", "attempt").order_by("position")[:answered]:
        version = place.item_version
        asked = item_type(version.kind)
        wanted = asked.best if place.position <= right else asked.wrong
        save_draft(
            place,
            **as_posted(place, wanted(version.key, version.structure)),
            sequence=1,
            at=at + timedelta(minutes=place.position),
        )
