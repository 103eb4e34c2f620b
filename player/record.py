"""A learner's own record: what is due, under way and done, earned and written, with minutes for a CPD record."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.choices import ActivityKind
from credentials.models import Credential
from enrolments.choices import AttendanceState, EnrolmentState
from enrolments.models import Attendance, Enrolment, Progress
from enrolments.planned_dates import last_day_for
from people.models import User

from .models import LearningElsewhere
from .outline import Outline, Step, done_at
from .resume import CarryOn, carry_on, outlines
from .written import Written, written_by


@dataclass(frozen=True)
class Period:
    """From one day to another, both counted; an empty end is open."""

    starts_on: date | None = None
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        return (self.starts_on is None or day >= self.starts_on) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Standing:
    """One run of a course: how far it is, and what comes next."""

    enrolment: Enrolment
    title: str
    outlines: list[Outline]
    next: CarryOn | None

    @property
    def is_done(self) -> bool:
        return self.enrolment.state == EnrolmentState.COMPLETED

    @property
    def due_on(self) -> date | None:
        """The cohort's last day, while there is something left to do and the learner is not on leave."""
        return None if self.is_done or self.next is None else last_day_for(self.enrolment)

    @property
    def done_count(self) -> int:
        return sum(outline.done_count for outline in self.outlines)

    @property
    def step_count(self) -> int:
        return sum(len(outline.steps) for outline in self.outlines)

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for outline in self.outlines for step in outline.steps if not step.is_done)


@dataclass(frozen=True)
class Done:
    """One activity that was completed. `minutes` are those its page is reckoned to take; None if it is gone."""

    title: str
    course: str
    kind: str
    done_on: date
    minutes: int | None


@dataclass(frozen=True)
class Record:
    """Everything about one learner's learning, in a period."""

    period: Period
    standings: list[Standing]
    done: list[Done]
    elsewhere: list[LearningElsewhere]
    earned: list[Credential]
    written: list[Written] = field(default_factory=list)

    @property
    def due(self) -> list[Standing]:
        return sorted((one for one in self.standings if one.due_on), key=lambda one: one.due_on or date.max)

    @property
    def under_way(self) -> list[Standing]:
        return [one for one in self.standings if not one.is_done]

    @property
    def completed(self) -> list[Standing]:
        return [one for one in self.standings if one.is_done]

    @property
    def minutes_here(self) -> int:
        return sum(one.minutes or 0 for one in self.done)

    @property
    def minutes_elsewhere(self) -> int:
        return sum(one.minutes for one in self.elsewhere)

    @property
    def minutes(self) -> int:
        return self.minutes_here + self.minutes_elsewhere


def record_of(person: User, period: Period) -> Record:
    """What is due and under way is as it stands now; what was done, learned and earned is that of the period."""
    language = get_language() or "en"
    runs = (
        Enrolment.objects.belonging_to(person)
        .select_related("course", "cohort", "learner")
        .prefetch_related("pinned_sets", "progress__activity__module")
        .order_by("-booked_at")
    )
    standings = [_standing(run, language) for run in runs]
    earned = Credential.objects.belonging_to(person).not_replaced()
    return Record(
        period=period,
        standings=[one for one in standings if one.enrolment.state != EnrolmentState.WITHDRAWN],
        done=sorted(_done(standings, period), key=lambda one: one.done_on, reverse=True),
        elsewhere=list(LearningElsewhere.objects.filter(_within(period), learner=person)),
        earned=[one for one in earned if period.holds(one.valid_from_on)],
        written=written_by(person),
    )


def _within(period: Period) -> Q:
    found = Q()
    if period.starts_on:
        found &= Q(done_on__gte=period.starts_on)
    return found & Q(done_on__lte=period.ends_on) if period.ends_on else found


def _standing(run: Enrolment, language: str) -> Standing:
    modules = outlines(run, language=language)
    page = run.course.pages.filter(live=True, language__in=[language, "en"]).last()
    is_over = run.state in (EnrolmentState.WITHDRAWN, EnrolmentState.COMPLETED)
    following = None if is_over else carry_on(run, modules, language=language)
    return Standing(run, page.title if page else run.course.code, modules, following)


def _done(standings: list[Standing], period: Period) -> list[Done]:
    found, attended = [], _minutes_attended(standings)
    for one in standings:
        steps: dict[int, Step] = {step.activity.pk: step for outline in one.outlines for step in outline.steps}
        for progress in one.enrolment.progress.all():
            if at := done_at(progress, is_quiz=progress.activity.kind == ActivityKind.ASSESSMENT):
                found.append(_of(progress, at, steps.get(progress.activity_id), one.title, attended))
    return [one for one in found if period.holds(one.done_on)]


def _minutes_attended(standings: list[Standing]) -> dict[tuple[int, int], int]:
    """By enrolment and activity, how long the live sessions took that the learner was at in full."""
    runs = [one.enrolment for one in standings]
    entries = Attendance.objects.standing().filter(
        enrolment__in=runs, state=AttendanceState.PRESENT, session__activity__isnull=False
    )
    minutes: dict[tuple[int, int], int] = defaultdict(int)
    for entry in entries.select_related("session"):
        took = entry.session.ends_at - entry.session.starts_at
        minutes[entry.enrolment_id, entry.session.activity_id] += round(took.total_seconds() / 60)
    return minutes


def _of(
    progress: Progress, at: datetime, step: Step | None, course: str, attended: Mapping[tuple[int, int], int]
) -> Done:
    """A live session has no page, so it has no step: its own title, and how long it took."""
    return Done(
        title=step.title if step else progress.activity.title or _("No longer published"),
        course=course,
        kind=str(ActivityKind(progress.activity.kind).label),
        done_on=timezone.localdate(at),
        minutes=step.minutes if step else attended.get((progress.enrolment_id, progress.activity_id)),
    )
