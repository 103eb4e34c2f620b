"""What is asked of an XLSX file before anything in it is parsed: its kind, its sizes, its beginnings. Pure.

A workbook is a zip of XML. Sizes are read from the central directory, which the reading then holds it to. A document
type, by which entities could be declared, is refused in any encoding: each part is parsed up to its first element.
"""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath
from xml.parsers import expat

from django.utils.translation import gettext as _

from .refusals import ListRefused

MAX_PARTS = 1_000
MAX_UNPACKED_BYTES = 40_000_000
MAX_PART_BYTES = {"styles": 5_000_000, "sharedStrings": 16_000_000}
MAX_OTHER_PART_BYTES = 25_000_000
MAX_RATIO = 150  # a list of people shrinks some ten times
RATIO_FROM_BYTES = 2_000_000
# What costs far more time than its bytes say. A second or so each; 10,000 people in 60 columns are fewer.
MOST = {"si": 200_000, "row": 100_000, "c": 600_000}
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError, ValueError, struct.error)
_PIECE = 1 << 16
_COUNTED = re.compile(rb"<(?:\w+:)?(si|row|c)[\s/>]")


def opened(content: bytes) -> zipfile.ZipFile:
    """The workbook's zip, fit to be parsed. Raises ListRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        _refuse_other_kinds({entry.filename for entry in entries})
        _refuse_what_leads_out(entries)
        _refuse_bombs(entries)
        for entry in entries:
            _refuse_document_type(archive, entry)
            _refuse_many(archive, entry)
    except DAMAGED as error:
        raise ListRefused(
            _("This XLSX file is damaged or encrypted. Save it anew without a password, and send it again.")
        ) from error
    return archive


def _refuse_other_kinds(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ListRefused(
            _("This workbook holds macros, which we do not open. Save it as XLSX without macros, or as CSV.")
        )
    if "mimetype" in names and "content.xml" in names:
        raise ListRefused(_("This is an OpenDocument file. Save it as XLSX or CSV, and send it again."))
    if any(name.endswith("workbook.bin") for name in names):
        raise ListRefused(_("This is a binary workbook (XLSB). Save it as XLSX or CSV, and send it again."))
    if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise ListRefused(_("This is not a spreadsheet: send an XLSX or CSV file."))


def _refuse_what_leads_out(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
            raise ListRefused(_("This XLSX file was not written by a spreadsheet: its parts lead out of it."))
    if len({entry.filename for entry in entries}) < len(entries):
        raise ListRefused(_("This XLSX file was not written by a spreadsheet: a part is in it twice."))


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    """Sizes and how much each part shrank, as the central directory says; no more than that is unpacked later."""
    is_too_large = len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
    for entry in entries:
        stem = PurePosixPath(entry.filename).stem
        is_too_large |= entry.file_size > MAX_PART_BYTES.get(stem, MAX_OTHER_PART_BYTES)
        shrunk = entry.file_size / max(entry.compress_size, 1)
        is_too_large |= entry.file_size > RATIO_FROM_BYTES and shrunk > MAX_RATIO
        if entry.flag_bits & 0x1:
            raise RuntimeError("encrypted")
    if is_too_large:
        words = _(
            "This workbook is too large once unpacked. Copy the list alone into a new workbook, or save it as CSV."
        )
        raise ListRefused(words)


class _Begun(Exception):
    """The first element has come; what may stand before it is over."""


def _refuse_document_type(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    def refuse(*_declared: object) -> None:
        raise ListRefused(_("This XLSX file declares a document type, which no spreadsheet writes. It was not opened."))

    def stop(*_element: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, stop
    try:
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except _Begun:
        return
    except expat.ExpatError as error:
        if entry.filename.endswith((".xml", ".rels")):  # others are pictures and the like
            raise ListRefused(_("This XLSX file is damaged: save it anew, and send it again.")) from error


def _refuse_many(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Texts, lines and cells, counted in every part: which one holds them is for it to say. In UTF-16 as well."""
    found: Counter[str] = Counter()
    with archive.open(entry) as part:
        for piece in iter(lambda: part.read(_PIECE), b""):
            found.update(name.decode() for name in _COUNTED.findall(piece.replace(b"\0", b"")))
    if any(found[name] > most for name, most in MOST.items()):
        raise ListRefused(_("This workbook holds far more than a list. Copy the list alone into a new one."))
