"""The outline of a module for one learner, as small dataclasses the templates only print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    due_on: date | None = None  # by which day the cohort plans to have done it
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
    def still_due_on(self) -> date | None:
        """By which day it is planned, as long as it is not done."""
        return None if self.is_done else self.due_on

    @property
    def is_quiz(self) -> bool:
        return self.activity.kind == ActivityKind.ASSESSMENT

    @property
    def is_live(self) -> bool:
        return self.activity.kind == ActivityKind.LIVE_SESSION

    @property
    def is_film(self) -> bool:
        return self.activity.kind == ActivityKind.FILM


@dataclass(frozen=True)
class Closed:
    """Why a module is not open to a learner yet: until a day, until another module is done, or both."""

    opens_on: date | None
    after: str = ""  # the title of what has to be done first; empty if nothing has
    after_url: str = ""


@dataclass(frozen=True)
class Outline:
    """A module's steps in order, and how many are done."""

    module: Module
    title: str
    url: str
    steps: list[Step]
    closed: Closed | None = None  # as gates.py says; None: open
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

    @property
    def next_due(self) -> Step | None:
        """Of what is not done the step that is planned first."""
        planned = [step for step in self.steps if step.due_on and not step.is_done]
        return min(planned, key=lambda step: step.due_on or date.max, default=None)

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
    module: Module,
    *,
    language: str,
    enrolment: Enrolment | None = None,
    here: Activity | None = None,
    planned: Mapping[int, date] | None = None,
) -> Outline:
    """A module's outline in a language, with a learner's progress if an enrolment is given. Mostly two queries.

    `planned` are the cohort's planned dates by activity, where the page shows them.
    """
    found = stops_of(module, language=language)
    progress = {row.activity_id: row for row in enrolment.progress.all()} if enrolment else {}
    dates = planned or {}
    steps = [_step(stop, progress.get(stop.activity.pk), here, dates.get(stop.activity.pk)) for stop in found.stops]
    return Outline(module, found.title, found.url, steps, beside=found.beside if enrolment else ())


def _step(stop: Stop, progress: Progress | None, here: Activity | None, due_on: date | None) -> Step:
    is_quiz = stop.activity.kind == ActivityKind.ASSESSMENT
    return Step(
        **vars(stop),
        is_done=bool(progress and done_at(progress, is_quiz=is_quiz)),
        is_started=progress is not None,
        is_here=here is not None and here.pk == stop.activity.pk,
        due_on=due_on,
        news=_news(stop, progress),
        place=progress.place if progress and progress.marked_read_at is None else "",
    )


def _news(stop: Stop, progress: Progress | None) -> tuple[Change, ...]:
    if progress is None or not stop.changes:
        return ()
    return tuple(unseen(stop.changes, digest_seen=progress.digest_seen, seen_at=progress.last_seen_at))


def done_at(progress: Progress, *, is_quiz: bool) -> datetime | None:
    """When the learner was done with an activity: a quiz is done once it is passed."""
    return progress.passed_at if is_quiz else progress.completed_at
