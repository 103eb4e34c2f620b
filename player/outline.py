"""The outline of a module for one learner, as small dataclasses the templates only print."""

from dataclasses import dataclass

from courses.changes import Change, unseen
from courses.choices import ActivityKind
from courses.models import Activity, Module
from enrolments.models import Enrolment, Progress

from .stops import Stop, stops_of


@dataclass(frozen=True)
class Step:
    """One activity of a module as the outline shows it."""

    activity: Activity
    title: str
    url: str
    minutes: int
    is_done: bool
    is_started: bool
    is_here: bool
    question_count: int = 0
    changes: tuple[Change, ...] = ()
    place: str = ""  # the section a lesson was left at; none once it is marked as read
    news: tuple[Change, ...] = ()  # changes of substance since the learner last opened it

    @property
    def is_new(self) -> bool:
        """Whether something is new in what was done already; it stays done."""
        return self.is_done and bool(self.news)

    @property
    def new_notes(self) -> list[Change]:
        """What is said of what is new, the newest first; nothing where nobody wrote it down."""
        return [one for one in reversed(self.news) if one.note]

    @property
    def notes(self) -> list[Change]:
        """What readers are told of earlier changes, the newest first."""
        return [one for one in reversed(self.changes) if one.is_substance and one.note]

    @property
    def is_quiz(self) -> bool:
        return self.activity.kind == ActivityKind.ASSESSMENT

    @property
    def is_film(self) -> bool:
        return self.activity.kind == ActivityKind.FILM


@dataclass(frozen=True)
class Outline:
    """A module's steps in order, and how many are done."""

    module: Module
    title: str
    url: str
    steps: list[Step]
    beside: tuple[tuple[str, str], ...] = ()  # exercises that no achievement needs

    @property
    def done_count(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    @property
    def new_steps(self) -> list[Step]:
        """Those that were done, and have something new since."""
        return [step for step in self.steps if step.is_new]

    def after(self, activity: Activity) -> Step | None:
        """The step that follows an activity."""
        numbers = [step.activity.pk for step in self.steps]
        if activity.pk not in numbers or activity.pk == numbers[-1]:
            return None
        return self.steps[numbers.index(activity.pk) + 1]

    def before(self, activity: Activity) -> Step | None:
        """The step in front of an activity."""
        numbers = [step.activity.pk for step in self.steps]
        where = numbers.index(activity.pk) if activity.pk in numbers else 0
        return self.steps[where - 1] if where else None

    @property
    def first_open(self) -> Step | None:
        """The first step not done yet."""
        return next((step for step in self.steps if not step.is_done), None)


def outline_of(
    module: Module, *, language: str, enrolment: Enrolment | None = None, here: Activity | None = None
) -> Outline:
    """A module's outline in a language, with a learner's progress if an enrolment is given. Mostly two queries."""
    found = stops_of(module, language=language)
    progress = {row.activity_id: row for row in enrolment.progress.all()} if enrolment else {}
    steps = [_step(stop, progress.get(stop.activity.pk), here) for stop in found.stops]
    return Outline(module, found.title, found.url, steps, found.beside if enrolment else ())


def _step(stop: Stop, progress: Progress | None, here: Activity | None) -> Step:
    is_quiz = stop.activity.kind == ActivityKind.ASSESSMENT
    return Step(
        **vars(stop),
        is_done=bool(progress and (progress.passed_at if is_quiz else progress.completed_at)),
        is_started=progress is not None,
        is_here=here is not None and here.pk == stop.activity.pk,
        news=_news(stop, progress),
        place=progress.place if progress and progress.marked_read_at is None else "",
    )


def _news(stop: Stop, progress: Progress | None) -> tuple[Change, ...]:
    if progress is None or not stop.changes:
        return ()
    return tuple(unseen(stop.changes, digest_seen=progress.digest_seen, seen_at=progress.last_seen_at))
