"""Lines of cells out of the bytes of a CSV file, however a spreadsheet wrote it. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from .columns import known_column
from .refusals import ListRefused

Line = tuple[int, list[str]]
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20  # lines in which the headings are looked for
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?(\r\n|\r|\n)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
STRAY = 20  # control characters in the beginning of what is still a text; each is told of by its line


def text_of(content: bytes) -> tuple[str, str]:
    """The text, and the encoding that had to be assumed; empty where the file leaves no doubt."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16"), ""
    if content.startswith(codecs.BOM_UTF8):
        return _decoded(content, "utf-8-sig"), ""
    if guess := _bare_utf16(content[:400]):
        return _decoded(content, guess), "UTF-16"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decoded(content, "cp1252"), "Windows-1252"


def _bare_utf16(beginning: bytes) -> str:
    """UTF-16 without its mark: every second byte of Western text is nought."""
    half = max(len(beginning) // 2, 1)
    if beginning[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    return "utf-16-be" if beginning[0::2].count(0) > 0.7 * half else ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        words = _(
            "The letters of this file cannot be read. "
            "In the spreadsheet choose “Save as”, “CSV UTF-8”, and send it again."
        )
        raise ListRefused(words) from error


def lines_of(text: str) -> Iterator[Line]:
    """Each line with its number as a spreadsheet shows it: one that goes over several lines of text counts once."""
    if "\x00" in text or len(_CONTROL.findall(text[:2000])) > STRAY:
        raise ListRefused(_("This is not a spreadsheet: send an XLSX or CSV file."))
    if found := _SEP.match(text):  # Excel reads this line and does not show it
        return _read(text[found.end() :], found[1])
    return _read(text, _delimiter_of(text))


def _read(text: str, delimiter: str) -> Iterator[Line]:
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        words = _(
            'Line %(line)s has a quotation mark (") in the wrong place, or one that is never closed. '
            "Save the list anew from a spreadsheet."
        )
        raise ListRefused(words % {"line": number + 1}) from error


def _delimiter_of(text: str) -> str:
    """What stands between the cells: that by which most headings are known; else what the first line has most of."""
    first = text[:2000].lstrip("\ufeff\r\n").splitlines()[0] if text.strip() else ""
    return max(DELIMITERS, key=lambda one: (_known_by(text[:50_000], one), first.count(one)))


def _known_by(beginning: str, delimiter: str) -> int:
    best = 0
    try:
        for _number, cells in islice(_read(beginning, delimiter), LOOKED_AT):
            best = max(best, sum(bool(known_column(cell)) for cell in cells))
    except ListRefused:
        pass  # what is cut off here may leave a quotation mark open
    return best
