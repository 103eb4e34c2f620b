"""A table of a Word file: a table of a lesson where that loses nothing, otherwise a list (decision 44).

The list has an item for each row and a line for each cell, with the heading of its column. No word is lost either way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mammoth import documents

from courses.practice_blocks import LONGEST_NAME, LONGEST_SENTENCE
from courses.table_block import LONGEST_CAPTION, MOST_COLUMNS, MOST_ROWS
from publishing.rich import Char

Cell = Callable[[list[Any]], list[Char]]
ReadRow = list[tuple[int, list[Char]]]  # each cell's column and words


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


@dataclass(frozen=True)
class Grid:
    """A table as a lesson holds it: plain words under headings."""

    headings: list[str]
    rows: list[list[str]]
    has_row_names: bool

    @property
    def caption(self) -> str:
        return " | ".join(self.headings)


def read_cells(rows: list[Row], read: Cell) -> list[ReadRow]:
    """The words of every cell, each read once."""
    return [[(cell.column, read(cell.content)) for cell in row.cells] for row in rows]


def has_headings(rows: list[Row], read_rows: list[ReadRow]) -> bool:
    """Whether the first row is set as headings of the columns, by Word's mark or in bold."""
    return rows[0].is_header or _is_bold(read_rows[0])


def grid_of(rows: list[Row], read_rows: list[ReadRow]) -> Grid | None:
    """The table, if it has headings, whole rows of plain words and no link; nothing where a list keeps more."""
    columns = len(read_rows[0])
    is_whole = all([column for column, _chars in row] == list(range(columns)) for row in read_rows)
    if not is_whole or not has_headings(rows, read_rows):
        return None
    headings, *others = [[chars for _column, chars in row] for row in read_rows]
    named = all(_is_bold([(0, row[0])]) for row in others)
    names, cells = [row[0] for row in others] if named else [], [one for row in others for one in row[named:]]
    is_plain = not any(_is_set(one, bold=True) for one in cells)
    if not is_plain or any(_is_set(one, bold=False) for one in [*headings, *names]):
        return None
    made = Grid([_line(one) for one in headings], [[_text(one).strip() for one in row] for row in others], named)
    return made if _fits(made) else None


def _is_set(chars: list[Char], *, bold: bool) -> bool:
    """Whether words are linked, slanted or, if that counts, bold: a table of plain words would lose it."""
    return any(one.link or one.italic or (bold and one.bold) for one in chars)


def _line(chars: list[Char]) -> str:
    return " ".join(_text(chars).split())


def _fits(grid: Grid) -> bool:
    return (
        2 <= len(grid.headings) <= MOST_COLUMNS
        and 1 <= len(grid.rows) <= MOST_ROWS
        and all(0 < len(heading) <= LONGEST_NAME for heading in grid.headings)
        and all(len(words) <= LONGEST_SENTENCE for row in grid.rows for words in row)
        and len(grid.caption) <= LONGEST_CAPTION
    )


def items_of(rows: list[Row], read_rows: list[ReadRow]) -> tuple[list[list[Char]], str]:
    """The items of the list, and the first row as it stood, to name the table by."""
    read_rows = list(read_rows)
    first = " | ".join(text for _column, chars in read_rows[0] if (text := _text(chars).strip()))
    headings: dict[int, list[Char]] = {}
    if len(rows) > 1 and has_headings(rows, read_rows):
        headings = dict(read_rows.pop(0))
    items = [_item(row, headings) for row in read_rows]
    return [item for item in items if item], first


def _item(row: ReadRow, headings: dict[int, list[Char]]) -> list[Char]:
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


def _is_bold(row: ReadRow) -> bool:
    letters = [one for _column, chars in row for one in chars if not one.is_space]
    return bool(letters) and all(one.bold for one in letters)
