"""Lines of cells out of an XLSX file, with the number each line has in the spreadsheet. Pure.

openpyxl reads it (through defusedxml) once workbook_parts.py has found nothing against it. Values only: of a formula
what the spreadsheet last computed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from toolkit.office_zips import OLD_OFFICE

from .csv_files import Line
from .refusals import ListRefused
from .workbook_hidden import Hidden, hidden_in
from .workbook_parts import DAMAGED, opened

MAX_COLUMNS = 200
LAST_LINE = 1_048_576
NOT_COMPUTED = "\N{REPLACEMENT CHARACTER}="  # stands for a formula without a value; no file can hold it as a text
_UNREADABLE = (
    *DAMAGED,
    DefusedXmlException,
    ParseError,
    InvalidFileException,
    ExpatError,
    LookupError,
    TypeError,
    AttributeError,
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)(\d+):([A-Z]+)(\d+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True)
class Merged:
    """Cells that were made one, by the lines they reach over."""

    cells: str
    first_line: int
    last_line: int


class Workbook:
    """The first visible sheet of a workbook."""

    def __init__(self, content: bytes) -> None:
        self._archive = opened(content)
        self._content = content
        with refusing_what_is_unreadable():
            book = load_workbook(self._archive.fp, read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise ListRefused(_("This workbook has no visible sheet."))
        self._sheet: Any = sheets[0]
        self.title = str(self._sheet.title)
        self.has_more_sheets = len(book.worksheets) > 1
        self.hidden_sheets = [str(sheet.title) for sheet in book.worksheets if sheet.sheet_state != "visible"]

    def lines(self) -> Iterator[Line]:
        """Every line the file holds. Raises ListRefused on the way if the file is broken there."""
        formulas = self._formulas() if self._holds(_FORMULA) else {}
        with refusing_what_is_unreadable():
            for number, values in _lines_in(self._sheet, values_only=True):
                cells = [text_of(value) for value in values] if any(value is not None for value in values) else []
                for index in formulas.get(number, ()):
                    cells += [""] * (index + 1 - len(cells))
                    cells[index] = cells[index] or NOT_COMPUTED
                yield number, cells

    def merged(self) -> list[Merged]:
        """Cells of the sheet that were made one over several lines. Raises ListRefused."""
        with refusing_what_is_unreadable():
            found = [
                Merged(f"{a}{first}:{b}{last}".upper(), int(first), int(last))
                for a, first, b, last in (
                    (match[1].decode(), match[2].decode(), match[3].decode(), match[4].decode())
                    for match in _MERGED.finditer(self._xml())
                )
            ]
        return sorted((one for one in found if one.last_line > one.first_line), key=lambda one: one.first_line)

    def hidden(self) -> Hidden:
        """The lines and columns of the sheet that nobody sees."""
        with refusing_what_is_unreadable():
            return hidden_in(self._xml())

    def _formulas(self) -> dict[int, list[int]]:
        """The columns that hold a formula, by line."""
        with refusing_what_is_unreadable():
            sheet = load_workbook(self._archive.fp, read_only=True, keep_links=False)[self.title]
            found: dict[int, list[int]] = {}
            for number, cells in _lines_in(sheet, values_only=False):
                if places := [place for place, cell in enumerate(cells) if cell.data_type == "f"]:
                    found[number] = places
        return found

    def _holds(self, pattern: "re.Pattern[bytes]") -> bool:
        return pattern.search(self._xml()) is not None

    def _xml(self) -> bytes:
        return self._archive.read(self._sheet._worksheet_path)


def _lines_in(sheet: Any, *, values_only: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The lines that are there, by their numbers.

    openpyxl's own way makes up every line between two of them: a million, for one cell in the last line.
    """
    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            if number <= LAST_LINE:
                yield number, sheet._get_row(cells, 1, MAX_COLUMNS, values_only)


class refusing_what_is_unreadable:  # noqa: N801  used as a statement
    """Turns what the parser trips over into a sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _UNREADABLE) and not isinstance(error, ListRefused):
            words = _(
                "This XLSX file cannot be read. Open it in a spreadsheet, save it anew or as CSV, and send it again."
            )
            raise ListRefused(words) from error


def text_of(value: object) -> str:
    """A cell as the person sees it, near enough: whole numbers without a point, days as 2026-05-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def refuse_old_office(content: bytes) -> None:
    """Raises ListRefused for the old format, and for an encrypted file, which lies in a box of that format."""
    if not content.startswith(OLD_OFFICE):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ListRefused(_("This workbook has a password. Save it without one, and send it again."))
    raise ListRefused(_("This is a workbook of the old format (.xls), whatever its name says. Save it as XLSX or CSV."))


def is_zip(content: bytes) -> bool:
    """Whether it begins as a zip does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))
