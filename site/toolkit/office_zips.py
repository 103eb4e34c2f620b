"""What is asked of an office file (XLSX, DOCX) before anything in it is parsed: sizes, names, beginnings. Pure.

Such a file is a zip of XML. Sizes are read from the central directory, which the reading then holds it to. A document
type, by which entities could be declared, is refused in any encoding: each part is parsed up to its first element.
"""

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import PurePosixPath
from xml.parsers import expat

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the formats before 2007, and every office file with a password
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, OSError, ValueError, struct.error)
_PIECE = 1 << 16


class Flaw(Enum):
    """Why a file is not opened."""

    ENCRYPTED = auto()
    LEADS_OUT = auto()
    TWICE = auto()
    TOO_LARGE = auto()
    DOCUMENT_TYPE = auto()
    BROKEN_XML = auto()


class UnfitZip(Exception):
    """Raised before anything is parsed; each room says it in its own words."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.name)
        self.flaw = flaw


@dataclass(frozen=True)
class Limits:
    """How large a file may be once unpacked. `part_bytes` goes by the stem of a part's name."""

    parts: int
    unpacked_bytes: int
    other_part_bytes: int
    part_bytes: Mapping[str, int] = field(default_factory=dict)
    ratio: int = 150  # a list of people shrinks some ten times
    ratio_from_bytes: int = 2_000_000


def refuse_unfit(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raises UnfitZip, or one of DAMAGED where the zip itself is broken."""
    entries = archive.infolist()
    _refuse_what_leads_out(entries)
    _refuse_bombs(entries, limits)
    for entry in entries:
        _refuse_document_type(archive, entry)


def _refuse_what_leads_out(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
            raise UnfitZip(Flaw.LEADS_OUT)
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnfitZip(Flaw.TWICE)


def _refuse_bombs(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Sizes and how much each part shrank, as the central directory says; no more than that is unpacked later."""
    is_too_large = len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.unpacked_bytes
    for entry in entries:
        stem = PurePosixPath(entry.filename).stem
        is_too_large |= entry.file_size > limits.part_bytes.get(stem, limits.other_part_bytes)
        shrunk = entry.file_size / max(entry.compress_size, 1)
        is_too_large |= entry.file_size > limits.ratio_from_bytes and shrunk > limits.ratio
        if entry.flag_bits & 0x1:
            raise UnfitZip(Flaw.ENCRYPTED)
    if is_too_large:
        raise UnfitZip(Flaw.TOO_LARGE)


class _Begun(Exception):
    """The first element has come; what may stand before it is over."""


def _refuse_document_type(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    def refuse(*_declared: object) -> None:
        raise UnfitZip(Flaw.DOCUMENT_TYPE)

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
            raise UnfitZip(Flaw.BROKEN_XML) from error
