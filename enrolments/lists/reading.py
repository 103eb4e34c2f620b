"""A file of people as rows, or a sentence that says why not. Pure: bytes and a name in, rows out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .columns import EMAIL, FIELDS, FIRST, LAST, NAME, Columns, columns_of, letters_of, names_an_address
from .csv_files import LOOKED_AT, Line, lines_of, text_of
from .refusals import ListRefused
from .workbook_hidden import Hidden
from .workbooks import Merged, Workbook, is_zip, refuse_old_office

MAX_BYTES = 10_000_000
MAX_ROWS = 10_000
SHEETS_NAMED = 10
MAX_CELL = 300  # letters kept of a cell; a name may have 150, an address 254
Row = dict[str, str | int]  # "line", FIELDS, and "hidden" where nobody sees the line
Note = tuple[str, dict[str, str]]  # a code of words.py and what it names

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_MADE_HARMLESS = re.compile(r"'(?=[=+\-@])")
_IN_BRACKETS = re.compile(r".*<([^<>]+@[^<>]+)>\s*")
_OTHER_KINDS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True)
class ListRead:
    """The people of a file by line, and what was assumed or left out."""

    rows: list[Row]
    notes: list[Note] = field(default_factory=list)


def read_list(content: bytes, file_name: str) -> ListRead:
    """The rows of a CSV or XLSX file. Its content decides which it is, not its name. Raises ListRefused."""
    refuse_too_large(len(content))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00,;"):
        raise ListRefused(_("The file is empty."))
    refuse_old_office(content)
    if is_zip(content):
        return _read_workbook(content)
    _refuse_other_kinds(content)
    text, assumed = text_of(content)
    notes: list[Note] = [("assumed_encoding", {"encoding": assumed})] if assumed else []
    return _rows_of(lines_of(text), notes)


def refuse_too_large(size: int) -> None:
    """Raises ListRefused for a file of more bytes than we read."""
    if size > MAX_BYTES:
        raise ListRefused(_("The file is larger than 10 MB. A list of people is far smaller: send the list alone."))


def _refuse_other_kinds(content: bytes) -> None:
    for beginning, kind in _OTHER_KINDS.items():
        if content.startswith(beginning):
            raise ListRefused(_("This is a %(kind)s file. Send an XLSX or CSV file.") % {"kind": kind})
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise ListRefused(
            _(
                "This is a web page with a table, whatever its name says. "
                "Open it in a spreadsheet and save it as XLSX or CSV."
            )
        )


def _read_workbook(content: bytes) -> ListRead:
    book = Workbook(content)
    notes: list[Note] = [("sheet_used", {"sheet": book.title[:80]})] if book.has_more_sheets else []
    notes += [("hidden_sheet", {"sheet": title[:80]}) for title in book.hidden_sheets[:SHEETS_NAMED]]
    return _rows_of(book.lines(), notes, merged=book.merged(), hidden=book.hidden())


def _rows_of(
    lines: Iterable[Line], notes: list[Note], merged: Iterable[Merged] = (), hidden: Hidden | None = None
) -> ListRead:
    lines = iter(lines)
    hidden = hidden or Hidden()
    heading, columns = _headings(lines)
    if heading > 1:
        notes.append(("headings_on", {"line": str(heading)}))
    for one in merged:
        if one.last_line >= heading:
            words = _(
                "Cells %(cells)s are merged. Each person needs a line of their own: "
                "split the cells and send the file again."
            )
            raise ListRefused(words % {"cells": one.cells})
    rows = []
    for line, cells in lines:
        row = _row(line, cells, columns)
        if row:
            rows.append({**row, "hidden": "1"} if line in hidden.lines else row)
        if len(rows) > MAX_ROWS:
            raise ListRefused(_("The list has more than 10,000 lines. Send it in several files."))
    if not rows:
        raise ListRefused(_("The list names nobody: there is nothing below its headings."))
    return ListRead(rows, [*notes, *columns.notes, *_hidden_columns(columns, hidden)])


def _hidden_columns(columns: Columns, hidden: Hidden) -> list[Note]:
    """Those that were read though nobody sees them; the report shows what stands in them."""
    read = [place for place in sorted(columns.places.values()) if hidden.hides_column(place)]
    return [("hidden_column", {"column": letters_of(place), "heading": columns.headings[place][:80]}) for place in read]


def _headings(lines: Iterator[Line]) -> tuple[int, Columns]:
    """The line of headings, looked for in the first lines that hold something; titles may stand above it."""
    first: list[str] = []
    looked_at = 0
    for number, cells in lines:
        tidied = [tidy(cell) for cell in cells]
        if not any(tidied):
            continue
        first = first or tidied
        if names_an_address(tidied):
            return number, columns_of(tidied)
        looked_at += 1
        if looked_at == LOOKED_AT:
            break
    if any("@" in cell for cell in first):
        raise ListRefused(
            _("The first line must name the columns, such as “E-mail” and “Name”; this one already names a person.")
        )
    if first:
        columns_of(first)
    raise ListRefused(_("The file is empty."))


def _row(line: int, cells: list[str], columns: Columns) -> Row:
    """What is kept of a line; empty if nothing stands in any column we know."""
    found = {
        name: tidy(cells[place])[:MAX_CELL] if place < len(cells) else ""
        for name, place in columns.places.items()
        if name != "reason"
    }
    if not any(found.values()):
        return {}
    if NAME not in found:
        found[NAME] = f"{found.pop(FIRST)} {found.pop(LAST)}".strip()
    found[EMAIL] = address_in(found[EMAIL])
    return {"line": line, **{name: found.get(name, "") for name in FIELDS}}


def tidy(cell: str) -> str:
    """Without spaces around it, letters nobody can see, and the apostrophe that made a formula harmless."""
    return _MADE_HARMLESS.sub("", cell.translate(_UNSEEN).replace("\u00a0", " ").strip(), count=1) if cell else ""


def address_in(cell: str) -> str:
    """The address alone: “Siân <sian@example.org>” and mailto: are how mail programs copy it."""
    if found := _IN_BRACKETS.fullmatch(cell):
        cell = found[1]
    return cell.removeprefix("mailto:").removeprefix("MAILTO:").strip()
