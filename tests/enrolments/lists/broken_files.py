"""Files as they really come, each broken in its own way, with the words of the sentence it must be answered with."""

import io
import stat
import zipfile
from dataclasses import dataclass
from typing import Any

from tests.enrolments.lists.workbooks import (
    SHEET,
    STRINGS,
    as_excel_writes,
    in_utf16,
    repacked,
    with_document_type,
    with_external_entity,
    xlsx,
)

GOOD = "ada@larchmere.example,Ada Lee\n"
PERSON = ("ada@larchmere.example", "Ada Lee")
MADE_ONE = b'</sheetData><mergeCells><mergeCell ref="A1:A' + b"9" * 5_000 + b'"/></mergeCells>'


@dataclass(frozen=True)
class Broken:
    """A file, and words that must stand in the refusal."""

    what: str
    content: bytes
    words: str
    name: str = "list.csv"


def _hidden(book: Any) -> None:
    book.active.sheet_state = "hidden"
    book.create_sheet("Seen")


def _merged(book: Any) -> None:
    book.active.merge_cells("A2:A3")


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("xl/link.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def _zip(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def _lying(content: bytes) -> bytes:
    """The sheet’s size in the central directory is a tenth of what it unpacks to."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    return content.replace(size.to_bytes(4, "little"), (size // 10).to_bytes(4, "little"))


def _encrypted(content: bytes) -> bytes:
    """Every part says that it is encrypted, in its own head and in the directory."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


BOX = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
GOOD_XLSX = as_excel_writes(xlsx(PERSON))
_MANY = "\n".join(f"p{number}@larchmere.example,Person {number}" for number in range(10_001))

BROKEN_FILES = [
    # -- CSV: headings
    Broken("nothing in it", b"", "The file is empty."),
    Broken("nothing but the mark of UTF-8", b"\xef\xbb\xbf", "The file is empty."),
    Broken("blank lines only", b"\r\n\r\n \r\n", "The file is empty."),
    Broken("commas only", b",,,\r\n,,,\r\n", "The file is empty."),
    Broken("headings only", b"E-mail,Name\n", "The list names nobody"),
    Broken("headings, then blank lines", b"E-mail,Name\n,\n,\n", "The list names nobody"),
    Broken("no headings", GOOD.encode(), "The first line must name the columns"),
    Broken("no address column", b"Name,Phone\nAda Lee,01\n", "There is no column headed “E-mail”"),
    Broken("no name column", b"E-mail,Phone\nada@larchmere.example,01\n", "There is no column headed “Name”"),
    Broken("first name without last", b"E-mail,First name\na@b.example,Ada\n", "no column headed “Last name”"),
    Broken("surname without first", b"Cyfenw,E-bost\nLee,a@b.example\n", "no column headed “First name”"),
    Broken("misspelt heading of the address", f"Emial,Name\n{GOOD}".encode(), "“Emial”: did you mean “E-mail”?"),
    Broken("misspelt heading of the name", b"E-mail,Nmae\na@b.example,Ada\n", "“Nmae”: did you mean “Name”?"),
    Broken(
        "two address columns", b"E-mail,Work email,Name\na@b.example,c@b.example,Ada\n", "Columns A (“E-mail”) and B"
    ),
    Broken("two name columns", b"E-mail,Name,Full name\na@b.example,Ada,Ada Lee\n", "Columns B (“Name”) and C"),
    # -- CSV: how it is written
    Broken(
        "quotation mark never closed",
        b'E-mail,Name\na@b.example,"Ada\nb@b.example,Bob\n',
        "Line 2 has a quotation mark",
    ),
    Broken(
        "quotation marks inside a name", b'E-mail,Name\na@b.example,"Ada "Ace" Lee"\n', "Line 2 has a quotation mark"
    ),
    Broken(
        "letters of no encoding", b"E-mail,Name\na@b.example,Si\x81\x8dn\n", "The letters of this file cannot be read"
    ),
    Broken("half of UTF-16", b"\xff\xfeE\x00-\x00m", "The letters of this file cannot be read"),
    Broken("10,001 lines", f"E-mail,Name\n{_MANY}".encode(), "more than 10,000 lines"),
    Broken("11 MB", b"E-mail,Name\n" + b"x" * 11_000_000, "larger than 10 MB"),
    Broken("raw bytes", bytes(range(32)) * 40, "This is not a spreadsheet"),
    # -- Other kinds under a borrowed name
    Broken("PDF", b"%PDF-1.7 E-mail,Name", "This is a PDF file", "list.csv"),
    Broken("rich text", b"{\\rtf1 E-mail}", "This is a RTF file", "list.csv"),
    Broken(
        "web page saved as .xls", b"<html><table><tr><td>E-mail</td></tr></table>", "This is a web page", "list.xls"
    ),
    Broken("XML spreadsheet of 2003", b'<?xml version="1.0"?><Workbook/>', "This is a web page", "list.xls"),
    Broken("old .xls named .xlsx", BOX, "the old format (.xls)", "list.xlsx"),
    Broken("with a password", BOX + "EncryptedPackage".encode("utf-16-le"), "has a password", "list.xlsx"),
    Broken(
        "Word document",
        _zip(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
        "not a spreadsheet",
        "l.xlsx",
    ),
    Broken("any zip", _zip(**{"list.csv": GOOD.encode()}), "This is not a spreadsheet", "list.xlsx"),
    Broken("OpenDocument", _zip(mimetype=b"application/vnd", **{"content.xml": b"<a/>"}), "OpenDocument", "list.ods"),
    Broken(
        "binary workbook", repacked(GOOD_XLSX, add=[("xl/workbook.bin", b"")]), "binary workbook (XLSB)", "list.xlsb"
    ),
    Broken("macros", repacked(GOOD_XLSX, add=[("xl/vbaProject.bin", b"")]), "holds macros", "list.xlsm"),
    # -- XLSX: broken or made to break
    Broken("cut off half-way", GOOD_XLSX[: len(GOOD_XLSX) // 2], "damaged or encrypted", "list.xlsx"),
    Broken("encrypted zip", _encrypted(GOOD_XLSX), "damaged or encrypted", "list.xlsx"),
    Broken("no sheet in it", repacked(GOOD_XLSX, leave_out=[SHEET]), "no visible sheet", "list.xlsx"),
    Broken(
        "cells made one over lines of a number that is none",
        repacked(GOOD_XLSX, replace={SHEET: lambda part: part.replace(b"</sheetData>", MADE_ONE)}),
        "cannot be read",
        "list.xlsx",
    ),
    Broken(
        "texts that are not there",
        repacked(GOOD_XLSX, replace={SHEET: lambda part: part.replace(b"<v>0</v>", b"<v>99999</v>")}),
        "cannot be read",
        "list.xlsx",
    ),
    Broken(
        "a sheet that is no XML", repacked(GOOD_XLSX, replace={SHEET: lambda part: b"hello"}), "damaged", "list.xlsx"
    ),
    Broken(
        "a sheet that stops",
        repacked(GOOD_XLSX, replace={SHEET: lambda part: part[:-60]}),
        "cannot be read",
        "list.xlsx",
    ),
    Broken("the list on a hidden sheet", xlsx(PERSON, change=_hidden), "The file is empty", "list.xlsx"),
    Broken("merged cells", xlsx(PERSON, PERSON, change=_merged), "Cells A2:A3 are merged", "list.xlsx"),
    Broken("headings alone", xlsx(), "The list names nobody", "list.xlsx"),
    Broken("10,001 lines of a workbook", xlsx(*([PERSON] * 10_001)), "more than 10,000 lines", "list.xlsx"),
    Broken(
        "entities within entities",
        repacked(GOOD_XLSX, replace={STRINGS: with_document_type}),
        "document type",
        "l.xlsx",
    ),
    Broken(
        "an external entity", repacked(GOOD_XLSX, replace={SHEET: with_external_entity}), "document type", "list.xlsx"
    ),
    Broken("the same in UTF-16", repacked(GOOD_XLSX, replace={SHEET: in_utf16}), "document type", "list.xlsx"),
    Broken(
        "a part that leads out", repacked(GOOD_XLSX, add=[("../../etc/cron.d/x", b"")]), "lead out of it", "list.xlsx"
    ),
    Broken("an absolute path", repacked(GOOD_XLSX, add=[("/etc/passwd", b"")]), "lead out of it", "list.xlsx"),
    Broken("a link", repacked(GOOD_XLSX, add=[(_link(), b"/etc/passwd")]), "lead out of it", "list.xlsx"),
    Broken(
        "a bomb in the sheet",
        repacked(GOOD_XLSX, replace={SHEET: lambda part: part + b" " * 24_000_000}),
        "too large once unpacked",
        "l.xlsx",
    ),
    Broken(
        "a bomb in the texts",
        repacked(GOOD_XLSX, replace={STRINGS: lambda part: b"<sst>" + b"<si/>" * 300_000 + b"</sst>"}),
        "far more than a list",
        "l.xlsx",
    ),
    Broken(
        "a size that lies",
        _lying(repacked(GOOD_XLSX, replace={SHEET: lambda part: part + b" " * 3_000})),
        "damaged",
        "l.xlsx",
    ),
    Broken("two parts of one name", repacked(GOOD_XLSX, add=[(SHEET, b"<a/>")]), "a part is in it twice", "list.xlsx"),
]
