"""A report in the order of one of its columns, asked for in the address. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.folding import fold

from ..spreadsheets import Cell
from .table import Report

COLUMN = "c"  # and its number, from 1; a minus in front for the other way round
_ASKED = re.compile(rf"(-?){COLUMN}([1-9]\d?\d?)", re.ASCII)
_NUMBER = re.compile(r"(\d+)", re.ASCII)


@dataclass(frozen=True)
class Order:
    """By which column, counted from 0, and which way; None for the report's own order."""

    column: int | None = None
    backwards: bool = False

    @property
    def asked(self) -> str:
        """As it stands in an address; empty for the report's own order."""
        return "" if self.column is None else f"{'-' if self.backwards else ''}{COLUMN}{self.column + 1}"

    def heading(self, column: int) -> tuple[str, str]:
        """What a column's heading asks for, and its `aria-sort`, empty where the report is not sorted by it."""
        is_sorted = column == self.column
        direction = ("descending" if self.backwards else "ascending") if is_sorted else ""
        return Order(column, is_sorted and not self.backwards).asked, direction


def understood(asked: str) -> str:
    """The same words of an address if some report could be sorted so; otherwise none."""
    return asked if _ASKED.fullmatch(asked) else ""


def order_asked(asked: str, report: Report) -> Order:
    """From an address; anything not understood is the report's own order."""
    found = _ASKED.fullmatch(asked)
    if found is None or int(found[2]) > len(report.headings):
        return Order()
    return Order(int(found[2]) - 1, bool(found[1]))


def in_order(report: Report, order: Order) -> Report:
    """The same rows, sorted; rows that say the same keep the report's own order, and empty cells stand last."""
    if order.column is None:
        return report
    column = order.column
    places = list(range(len(report.rows)))
    told = [place for place in places if report.rows[place][column] not in (None, "")]
    told.sort(key=lambda place: _key(report.rows[place][column]), reverse=order.backwards)
    places = told + [place for place in places if report.rows[place][column] in (None, "")]
    links: Sequence[str] = [report.links[place] for place in places] if report.links else ()
    return replace(report, rows=[report.rows[place] for place in places], links=links)


def _key(cell: Cell) -> tuple[int, object]:
    """Numbers by size, days by time, words as a reader looks them up: M2 before M10."""
    if isinstance(cell, date):
        return 1, cell.isoformat()
    if isinstance(cell, int | float):
        return 0, cell
    parts = _NUMBER.split(fold(str(cell)))
    return 2, [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
