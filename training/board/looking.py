"""How a trainer looks at a board: which rows, by what words, in what order. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from toolkit.folding import fold

from enrolments.choices import EnrolmentState

from ..choices import CellState, Reason
from .reading import Board, Row

EVERYBODY, IN_NEED = "everybody", "in-need"
_CELL_ORDER = {state: place for place, state in enumerate(CellState)}
_REASON_ORDER = {reason: place for place, reason in enumerate((Reason.NO_TRIES_LEFT, Reason.QUIET, Reason.NEVER_BEGAN))}


@dataclass(frozen=True)
class Show:
    """One way to narrow the board: its key in the address, its words, and whether a row belongs."""

    key: str
    words: str
    admits: Callable[[Row], bool]


def shows() -> list[Show]:
    """Every way, in the order of the page."""
    return [
        Show(EVERYBODY, _("Everybody"), lambda row: True),
        Show(IN_NEED, _("Needs you"), lambda row: row.need is not None),
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
    "done": lambda row: row.done_count,
    "last": lambda row: row.last_on or date.min,
    "agency": lambda row: row.agency_label,
}
ACTIVITY = "a"  # and its number: sorted by how far everybody is with one activity


@dataclass(frozen=True)
class Look:
    """What was asked for; anything not understood falls back to everybody by name."""

    show: str = EVERYBODY
    words: str = ""
    sort: str = "name"
    backwards: bool = False

    @classmethod
    def asked(cls, given: Mapping[str, str], board: Board) -> "Look":
        """From an address: `show`, `q`, and `sort`, with a minus in front for the other way round."""
        sort, show = given.get("sort", ""), given.get("show", "")
        name = sort.removeprefix("-")
        is_known = name in SORTS or name in {f"{ACTIVITY}{column.activity}" for column in board.columns}
        return cls(
            show=show if any(one.key == show for one in shows()) else EVERYBODY,
            words=given.get("q", "").strip()[:150],
            sort=name if is_known else "name",
            backwards=sort.startswith("-") and is_known,
        )

    def of(self, board: Board) -> list[Row]:
        """The rows asked for, sorted; people of one name always stand in the same order."""
        admits = next(one.admits for one in shows() if one.key == self.show)
        rows = [row for row in board.rows if admits(row) and self._is_named(row)]
        rows.sort(key=lambda row: (fold(row.name), str(row.enrolment)))
        rows.sort(key=SORTS.get(self.sort) or self._by_activity(board), reverse=self.backwards)
        return rows

    def _is_named(self, row: Row) -> bool:
        name = fold(row.name)
        return all(word in name for word in fold(self.words).split())

    def _by_activity(self, board: Board) -> Callable[[Row], int]:
        number = int(self.sort.removeprefix(ACTIVITY))
        place = [column.activity for column in board.columns].index(number)
        return lambda row: _CELL_ORDER[row.cells[place]]

    def turned(self, sort: str) -> str:
        """What a heading's link asks for: its own order, or the other way round once it is in force."""
        return f"-{sort}" if self.sort == sort and not self.backwards else sort

    def direction(self, sort: str) -> str:
        """The heading's `aria-sort`; empty where the board is not sorted by it."""
        if self.sort != sort:
            return ""
        return "descending" if self.backwards else "ascending"
