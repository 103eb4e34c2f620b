"""A table of a Word file as a list: one item for each row, one line for each cell, with the heading of its column.

Pages have no tables yet (decision 44). A list says the same on a phone and to a screen reader, and no word is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mammoth import documents

from publishing.rich import Char

Cell = Callable[[list[Any]], list[Char]]


@dataclass(frozen=True)
class PlacedCell:
    """What a cell holds, and the column it begins in, from 0."""

    column: int
    content: list[Any]


@dataclass(frozen=True)
class Row:
    """A row with its cells in their places; one that reaches over rows stands in each of them."""

    cells: list[PlacedCell]
    is_header: bool


def rows_of(table: Any) -> list[Row]:
    """The rows of a table, whose cells may have been made one."""
    reaching: dict[int, tuple[int, int, list[Any]]] = {}  # by column: rows that are left, columns, content
    rows = []
    for row in table.children:
        if isinstance(row, documents.TableRow):
            rows.append(Row(_placed(row, reaching), row.is_header))
    return [row for row in rows if row.cells]


def _placed(row: Any, reaching: dict[int, tuple[int, int, list[Any]]]) -> list[PlacedCell]:
    cells, column, waiting = [], 0, list(row.children)
    while waiting or column in reaching:
        if column in reaching:
            left, width, content = reaching.pop(column)
            begun = (left - 1, width, content)
        else:
            cell = waiting.pop(0)
            begun = (cell.rowspan - 1, cell.colspan, cell.children)
        cells.append(PlacedCell(column, begun[2]))
        if begun[0] > 0:
            reaching[column] = begun
        column += max(1, begun[1])
    return cells


def has_words(element: Any) -> bool:
    """Whether anything is written in it."""
    if isinstance(element, documents.Text):
        return bool(element.value.strip())
    return any(has_words(child) for child in getattr(element, "children", ()))


def items_of(rows: list[Row], read: Cell) -> tuple[list[list[Char]], str]:
    """The items of the list, and the first row as it stood, to name the table by."""
    read_rows = [[(cell.column, read(cell.content)) for cell in row.cells] for row in rows]
    first = " | ".join(text for _column, chars in read_rows[0] if (text := _text(chars).strip()))
    headings: dict[int, list[Char]] = {}
    if len(rows) > 1 and (rows[0].is_header or _is_bold(read_rows[0])):
        headings = dict(read_rows.pop(0))
    items = [_item(row, headings) for row in read_rows]
    return [item for item in items if item], first


def _item(row: list[tuple[int, list[Char]]], headings: dict[int, list[Char]]) -> list[Char]:
    item: list[Char] = []
    for column, chars in row:
        if not _text(chars).strip():
            continue
        heading = _text(headings.get(column, [])).strip()
        label = [Char(one, bold=True) for one in f"{heading}:"] + [Char(" ")] if heading else []
        item += [Char("\n")] * bool(item) + label + chars
    return item


def _text(chars: list[Char]) -> str:
    return "".join(one.text for one in chars)


def _is_bold(row: list[tuple[int, list[Char]]]) -> bool:
    letters = [one for _column, chars in row for one in chars if not one.is_space]
    return bool(letters) and all(one.bold for one in letters)
