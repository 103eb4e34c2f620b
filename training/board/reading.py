"""A board, read from the database in as many statements for two learners as for two thousand.

Nothing is asked here that a trainer may not see (docs/data.md, "Who may see whom"): no note, no reflection, no answer.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.utils.translation import get_language

from assessments.choices import AttemptState
from assessments.models import Result
from courses.choices import ActivityKind
from enrolments.adjustments import attempts_granted
from enrolments.models import AttemptLink, Cohort, Enrolment, PinnedSet, Progress
from enrolments.planned_dates import planned_dates
from people.choices import Agency
from player.stops import stops_of_course

from ..choices import CellState, NudgeState
from ..models import Nudge
from ..reports.quiz_keys import key_of
from .stuck import Due, Need, Span, Tries, need_of


@dataclass(frozen=True, slots=True)
class Column:
    """One activity of the course; `module` is 0 for what belongs to the whole course."""

    activity: int
    module: int
    number: int
    title: str
    kind: str
    minutes: int = 0

    @property
    def is_live(self) -> bool:
        return self.kind == ActivityKind.LIVE_SESSION

    @property
    def is_quiz(self) -> bool:
        return self.kind == ActivityKind.ASSESSMENT

    @property
    def answers(self) -> str:
        """The report that says how many chose what, of a quiz."""
        return key_of(self.activity)


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: where they stand with each column, and why they need somebody, if they do."""

    enrolment: UUID
    name: str
    agency: str
    employer: str
    state: str
    cells: tuple[CellState, ...]
    last_on: date | None
    need: Need | None
    written_on: date | None = None  # the last reminder of a trainer
    seen_since: bool = False  # whether anything was done after it
    waits: bool = False  # for a marker, with a part of the course or an exercise beside it

    @property
    def done_count(self) -> int:
        return self.cells.count(CellState.DONE)

    @property
    def agency_label(self) -> str:
        return str(Agency(self.agency).label)


@dataclass(frozen=True)
class Board:
    """Everybody of a cohort who has not left, in no order."""

    columns: list[Column]
    rows: list[Row]
    today: date
    planned: Mapping[int, date] = field(default_factory=dict)  # by activity, what the cohort planned

    @property
    def in_need(self) -> list[Row]:
        return [row for row in self.rows if row.need]


_nudges = Nudge.objects.exclude(state=NudgeState.DROPPED).filter(enrolment=OuterRef("pk"))
_LAST_WRITTEN = Subquery(_nudges.order_by("-written_at").values("written_at")[:1])


def board_of(cohort: Cohort, *, at: datetime, only: Enrolment | None = None) -> Board:
    """A cohort, or one of its learners, at a moment: in the cohort's time zone and the reader's language.

    Whoever was booked by a list and has not come yet is not there (enrolments/coming.py).
    """
    columns = columns_of(cohort)
    runs = Enrolment.objects.not_withdrawn().come().filter(cohort=cohort, learner__blanked_at=None)
    if only:
        runs = runs.filter(pk=only.pk)
    facts = _Facts(cohort, columns, only)
    today = cohort.today(at)
    found = runs.annotate(written=_LAST_WRITTEN).values_list(
        "pk", "uuid", "learner__name", "agency", "booked_by__name", "state", "booked_at", "written"
    )
    rows = [facts.row(*run, today=today) for run in found]
    return Board(columns, rows, today, facts.planned)


def columns_of(cohort: Cohort) -> list[Column]:
    """The published activities of the course in order, in the reader's language or in English."""
    language = get_language() or settings.LANGUAGE_CODE
    columns = []
    numbers: dict[int, int] = defaultdict(int)
    for module, stop in stops_of_course(cohort.course, language=language):
        numbers[module] += 1
        columns.append(Column(stop.activity.pk, module, numbers[module], stop.title, stop.activity.kind, stop.minutes))
    return columns


class _Facts:
    """What is known of everybody's activities and attempts, asked at once."""

    def __init__(self, cohort: Cohort, columns: list[Column], only: Enrolment | None) -> None:
        self._cohort, self._columns = cohort, columns
        self._of = {"enrolment": only} if only else {"enrolment__cohort": cohort}
        self._span = Span(cohort.starts_on, cohort.ends_on)
        self._done: dict[int, set[int]] = defaultdict(set)
        self._begun: dict[int, set[int]] = defaultdict(set)
        self._last: dict[int, datetime] = {}
        self._fell_short: dict[int, set[int]] = defaultdict(set)  # quizzes with a result and no pass
        self._at_marker: dict[int, set[int]] = defaultdict(set)
        self._tries: dict[int, dict[int, tuple[int, int, datetime]]] = defaultdict(dict)  # all of them scored
        self._read_progress()
        self._read_attempts()
        self._allowed = _attempts_allowed(cohort)
        self.planned = planned_dates(cohort)

    def _read_progress(self) -> None:
        quizzes = {column.activity for column in self._columns if column.is_quiz}
        seen = Progress.objects.filter(**self._of)
        for run, activity, completed, passed, last in seen.values_list(
            "enrolment", "activity", "completed_at", "passed_at", "last_seen_at"
        ):
            self._begun[run].add(activity)
            if passed if activity in quizzes else completed:
                self._done[run].add(activity)
            elif completed:
                self._fell_short[run].add(activity)
            self._happened(run, last)

    def _read_attempts(self) -> None:
        links = AttemptLink.objects.filter(**self._of).exclude(attempt__state=AttemptState.VOID)
        # Progress follows an attempt in a transaction of its own; a pass counts from the result on.
        passing = Result.objects.filter(attempt=OuterRef("attempt"), passed=True, successor=None)
        used = links.values_list("enrolment", "attempt__assessment__activity").annotate(
            used=Count("pk"),
            unscored=Count("pk", filter=~Q(attempt__state=AttemptState.SCORED)),
            at_marker=Count("pk", filter=Q(attempt__state=AttemptState.AWAITING_MARKER)),
            last=Max("attempt__handed_in_at"),
            begun=Max("attempt__started_at"),
            granted=attempts_granted(),
            passed=Count("pk", filter=Exists(passing)),
        )
        for run, activity, count, unscored, at_marker, last, begun, granted, passed in used:
            self._begun[run].add(activity)
            if passed:
                self._done[run].add(activity)
            self._happened(run, last or begun)
            if at_marker:
                self._at_marker[run].add(activity)
            if unscored:
                self._fell_short[run].discard(activity)
            else:
                self._tries[run][activity] = (count, granted or 0, last or begun)

    def _happened(self, run: int, at: datetime) -> None:
        if run not in self._last or at > self._last[run]:
            self._last[run] = at

    def row(
        self, pk: int, uuid: UUID, name: str, agency: str, employer: str | None, state: str, booked_at: datetime,
        written: datetime | None, *, today: date,
    ) -> Row:  # fmt: skip
        """One learner's row."""
        last = self._last.get(pk)
        last_on = self._day(last) if last else None
        need = need_of(
            state,
            booked_on=self._day(booked_at),
            last_on=last_on,
            tries=self._failed(pk),
            span=self._span,
            today=today,
            quiet_days=settings.QUIET_DAYS,
            plan=self._plan(pk) if self.planned else None,
        )
        if self._only_waits(pk):
            need = None  # for the trainer, who is told so beside the board
        return Row(
            uuid, name, agency, employer or "", state, self._cells(pk), last_on, need,
            self._day(written) if written else None, bool(written and last and last > written),
            waits=bool(self._at_marker.get(pk)),
        )  # fmt: skip

    def _only_waits(self, run: int) -> bool:
        """Whether all that somebody has still to do waits for a marker."""
        done, waiting = self._done.get(run, set()), self._at_marker.get(run, set())
        return bool(waiting) and all(column.activity in done | waiting for column in self._columns)

    def _day(self, moment: datetime) -> date:
        return self._cohort.today(moment)

    def _plan(self, run: int) -> list[Due]:
        """What is planned and not done, the earliest first; what waits for a marker is not for the learner to do."""
        done = self._done.get(run, set()) | self._at_marker.get(run, set())
        due = [
            Due(column.title, self.planned[column.activity])
            for column in self._columns
            if column.activity in self.planned and column.activity not in done
        ]
        return sorted(due, key=lambda one: one.due_on)

    def _failed(self, run: int) -> list[Tries]:
        """The quizzes tried and not passed, without an attempt under way."""
        tried = self._tries.get(run, {})
        done = self._done.get(run, set())
        return [
            Tries(column.title, used, _with_granted(self._allowed.get((run, column.activity)), more), self._day(last))
            for column in self._columns
            if column.activity in tried and column.activity not in done
            for used, more, last in [tried[column.activity]]
        ]

    def _cells(self, run: int) -> tuple[CellState, ...]:
        done, begun = self._done.get(run, set()), self._begun.get(run, set())
        waiting = self._at_marker.get(run, set())
        cells, next_is_told = [], False
        for column in self._columns:
            if column.activity in done:
                cells.append(CellState.DONE)
            elif column.activity in waiting:
                cells.append(CellState.WAITING)
            elif column.activity in self._tries.get(run, {}) or column.activity in self._fell_short.get(run, ()):
                cells.append(CellState.FAILED)
            elif column.activity in begun:
                cells.append(CellState.DOING)
            else:
                cells.append(CellState.OPEN if next_is_told else CellState.NEXT)
            next_is_told = next_is_told or cells[-1] not in (CellState.DONE, CellState.WAITING)
        return tuple(cells)


def _with_granted(allowed: int | None, more: int) -> int | None:
    return None if allowed is None else allowed + more


def _attempts_allowed(cohort: Cohort) -> dict[tuple[int, int], int | None]:
    """How many attempts each enrolment has at each quiz, by the rules of enrolments.openings.rules_for."""
    asked = PinnedSet.objects.filter(enrolment__cohort=cohort, requirement_set__requirements__pass_share__isnull=False)
    found: dict[tuple[int, int], int | None] = {}
    for run, activity, allowed in asked.values_list(
        "enrolment", "requirement_set__requirements__activity", "requirement_set__requirements__attempts_allowed"
    ):
        counts = [count for count in (found.get((run, activity)), allowed) if count is not None]
        found[run, activity] = min(counts, default=None)
    if cohort.own_attempt_rules:
        return dict.fromkeys(found, cohort.attempts_allowed)
    return found
