"""A report as a file: for a spreadsheet, or on paper."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from io import BytesIO

from django.http import FileResponse
from toolkit.days import site_day

from ..spreadsheets import KINDS, Cell, Rows, file_name, table_file, write_csv, write_xlsx
from .printed import pdf_of
from .table import Report

PDF = "pdf"
TYPES = {**KINDS, PDF: "application/pdf"}
FILE_KINDS = tuple(TYPES)
SAID_EVERY = 200  # rows


def report_file(report: Report, kind: str, *, whose: str, at: datetime) -> FileResponse:
    """A download of the whole report, whatever page of it was shown. Raises CannotBePrinted for a PDF."""
    name = name_of(report.title, whose, at)
    if kind == PDF:
        return download(pdf_of(report, whose=whose, at=at), name, kind)
    return table_file(kind, report.words, report.rows, name=name, title=report.title)


def download(content: bytes, name: str, kind: str) -> FileResponse:
    """What was made before, as a download."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=f"{name}.{kind}", content_type=TYPES[kind])


def bytes_of(report: Report, kind: str, *, whose: str, at: datetime, done: Callable[[int], None]) -> bytes:
    """The same bytes; `done` is told now and then how many rows are written."""
    if kind == PDF:
        return pdf_of(report, whose=whose, at=at)
    written, rows = BytesIO(), _counted(report.rows, done)
    if kind == "csv":
        write_csv(report.words, rows, written)
    else:
        write_xlsx(report.words, rows, written, title=report.title)
    return written.getvalue()


def _counted(rows: Rows, done: Callable[[int], None]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % SAID_EVERY == 0:
            done(number)


def name_of(title: str, whose: str, at: datetime) -> str:
    """A file's name without its ending."""
    return file_name(whose, title, site_day(at))
