"""How a trainer looks at a board: which rows, by what words, in what order. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from toolkit.folding import fold

from enrolments.choices import EnrolmentState

from ..choices import CellState, Reason
from ..narrowing import EVERYBODY, Asked, Show
from .reading import Board, Row

IN_NEED, TO_MARK = "in-need", "to-mark"
_CELL_ORDER = {state: place for place, state in enumerate(CellState)}
_REASON_ORDER = {reason: place for place, reason in enumerate((Reason.NO_TRIES_LEFT, Reason.QUIET, Reason.NEVER_BEGAN))}


def shows() -> list[Show[Row]]:
    """Every way, in the order of the page."""
    return [
        Show(EVERYBODY, _("Everybody"), lambda row: True),
        Show(IN_NEED, _("Needs you"), lambda row: row.need is not None),
        Show(TO_MARK, _("Waits for a marker"), lambda row: row.waits),
        Show("not-begun", _("Not begun"), lambda row: row.state == EnrolmentState.BOOKED),
        Show("under-way", _("Under way"), lambda row: row.state == EnrolmentState.ACTIVE),
        Show("on-leave", _("On leave"), lambda row: row.state == EnrolmentState.ON_LEAVE),
        Show("completed", _("Completed"), lambda row: row.state == EnrolmentState.COMPLETED),
    ]


def _by_need(row: Row) -> Any:
    """Whoever needs somebody first; of those the weightiest reason, and the longest."""
    return (False, _REASON_ORDER[row.need.reason], row.need.since) if row.need else (True, 0, date.max)


SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: fold(row.name),
    "need": _by_need,
}
ACTIVITY = "a"  # and its number: sorted by how far everybody is with one activity


class Look(Asked):
    """How the board was asked for."""

    @classmethod
    def asked(cls, given: Mapping[str, str], board: Board) -> "Look":
        """From an address."""
        activities = {f"{ACTIVITY}{column.activity}" for column in board.columns}
        return cls.read(given, shows={one.key for one in shows()}, sorts={*SORTS, *activities})

    def of(self, board: Board) -> list[Row]:
        """The rows asked for, sorted; people of one name always stand in the same order."""
        admits = next(one.admits for one in shows() if one.key == self.show)
        rows = [row for row in board.rows if admits(row) and self.names(row.name)]
        rows.sort(key=lambda row: (fold(row.name), str(row.enrolment)))
        rows.sort(key=SORTS.get(self.sort) or self._by_activity(board), reverse=self.backwards)
        return rows

    def _by_activity(self, board: Board) -> Callable[[Row], int]:
        number = int(self.sort.removeprefix(ACTIVITY))
        place = [column.activity for column in board.columns].index(number)
        return lambda row: _CELL_ORDER[row.cells[place]]
