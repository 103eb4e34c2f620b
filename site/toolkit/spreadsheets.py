"""Tables as files for spreadsheets. No cell is ever taken for a formula: names are typed by strangers.

Source: OWASP, "CSV Injection": a cell that begins with = + - @ tab or return is worked out when the file is opened.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int
_WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Cell) -> Cell:
    """A text that no spreadsheet works out: an apostrophe stands before it where it would."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_WORKED_OUT) else cell


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """One sheet; texts are texts, whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=_written(cell)) for cell in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _written(cell: Cell) -> Cell:
    """Without the letters XML cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell
