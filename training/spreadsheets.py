"""Tables as files that open in a spreadsheet: CSV and XLSX from the same headings and rows.

A text that begins like a formula is taken for one by spreadsheets, whoever typed it. In CSV it gets an apostrophe in
front, which they take as "what follows is text"; in XLSX its cell is marked as text, and it stays as it is. Rows are
written as they come, and a file larger than a few megabytes lies on disk, so that memory stays bounded.
Source: OWASP, "CSV Injection".
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO

from django.http import FileResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | date | None
Rows = Iterable[Sequence[Cell]]

IN_MEMORY_BYTES = 2_000_000
LONGEST_TEXT = 32_767  # characters Excel keeps in a cell
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text: str) -> str:
    """The text as a CSV may hold it. Names stay as they are: none begins with such a sign."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def write_csv(headings: Sequence[str], rows: Rows, to: IO[bytes]) -> None:
    """UTF-8 with the mark by which Excel knows it; days as 2026-11-26."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    text.detach()


def _in_csv(cell: Cell) -> str | int:
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else cell


def write_xlsx(headings: Sequence[str], rows: Rows, to: IO[bytes], *, title: str) -> None:
    """One sheet with its headings in bold and held in place; days are days, numbers are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in r"[]:*?/\'")[:31] or "1")
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.append([_in_sheet(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_in_sheet(sheet, cell) for cell in row])
    book.save(to)


def _in_sheet(sheet: object, cell: Cell, *, bold: bool = False) -> WriteOnlyCell:
    value = ILLEGAL_CHARACTERS_RE.sub("", cell)[:LONGEST_TEXT] if isinstance(cell, str) else cell
    made = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        made.data_type = "s"  # openpyxl would take "=1+1" for a formula, and "#N/A" for a fault
    elif isinstance(value, date):
        made.number_format = "yyyy-mm-dd"
    if bold:
        made.font = Font(bold=True)
    return made


def table_file(kind: str, headings: Sequence[str], rows: Rows, *, name: str, title: str) -> FileResponse:
    """A download of the table; `name` is the file's without its ending. Nothing is sent before all of it is written."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # the response closes it
    if kind == "csv":
        write_csv(headings, rows, file)
    else:
        write_xlsx(headings, rows, file, title=title)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=KINDS[kind])


def file_name(*parts: str | date) -> str:
    """Words and a day as one name that every system takes, such as larchmere-council-people-2026-11-26."""
    return "-".join(filter(None, (slugify(str(part)) for part in parts)))
