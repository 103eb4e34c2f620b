"""A cohort against its planned dates, as numbers: for each activity the day and how many have done it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from enrolments.choices import EnrolmentState
from enrolments.models import Cohort
from enrolments.pace import suggested_dates

from ..board.reading import Board, Column
from ..choices import CellState

SHORT = 12  # parts


@dataclass(frozen=True)
class Line:
    """One activity: `done` of `count` have done it; `due_on` is empty for what is not planned."""

    column: Column
    number: int
    due_on: date | None
    done: int
    count: int
    is_due: bool

    @property
    def behind(self) -> int:
        """How many have not done what is due."""
        return self.count - self.done if self.is_due else 0


@dataclass(frozen=True)
class Against:
    """The lines by date, those without one last, and how many have done everything that is due.

    `count` is without those who are `away`, on leave: nothing is due to them.
    """

    lines: list[Line]
    count: int
    up_to_date: int
    is_suggested: bool
    away: int = 0

    @property
    def is_short(self) -> bool:
        """Whether its table can stand open below the drawing without pushing everything else away."""
        return len(self.lines) <= SHORT

    @property
    def due_count(self) -> int:
        return sum(line.is_due for line in self.lines)


def against_plan(board: Board, dates: Mapping[int, date], *, is_suggested: bool) -> Against:
    """Every activity of the board against these dates, among those who are not on leave."""
    rows = [row for row in board.rows if row.state != EnrolmentState.ON_LEAVE]
    due = [column.activity in dates and dates[column.activity] <= board.today for column in board.columns]
    done = [0] * len(board.columns)
    up_to_date = 0
    for row in rows:
        lacks = False
        for place, cell in enumerate(row.cells):
            if cell == CellState.DONE:
                done[place] += 1
            elif due[place]:
                lacks = True
        up_to_date += not lacks
    order = sorted(range(len(board.columns)), key=lambda place: dates.get(board.columns[place].activity, date.max))
    lines = [
        Line(
            board.columns[place],
            number,
            dates.get(board.columns[place].activity),
            done[place],
            len(rows),
            due[place],
        )
        for number, place in enumerate(order, start=1)
    ]
    return Against(lines, len(rows), up_to_date, is_suggested, away=len(board.rows) - len(rows))


def suggested_for(cohort: Cohort, columns: Sequence[Column]) -> dict[int, date]:
    """The course's own pace between the days of the cohort; a live session is due on the last of its dates."""
    parts = [(column.activity, column.minutes) for column in columns if not column.is_live]
    found = suggested_dates(parts, starts_on=cohort.starts_on, ends_on=cohort.ends_on)
    if len(parts) == len(columns):
        return found
    held = cohort.live_sessions.filter(cancelled_at=None, activity__isnull=False).select_related("cohort")
    for session in held.order_by("starts_at"):
        if session.activity_id:
            found[session.activity_id] = session.on
    return found
