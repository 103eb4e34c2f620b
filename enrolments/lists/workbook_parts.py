"""What is asked of an XLSX file before anything in it is parsed: its kind, and what all office files are. Pure."""

import io
import re
import zipfile
from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.office_zips import DAMAGED, Flaw, Limits, UnfitZip, refuse_unfit

from .refusals import ListRefused

__all__ = ["DAMAGED", "opened"]

# What costs far more time than its bytes say. A second or so each; 10,000 people in 60 columns are fewer.
MOST = {"si": 200_000, "row": 100_000, "c": 600_000}
_LIMITS = Limits(
    parts=1_000,
    unpacked_bytes=40_000_000,
    other_part_bytes=25_000_000,
    part_bytes={"styles": 5_000_000, "sharedStrings": 16_000_000},
)
_DAMAGED = gettext_lazy("This XLSX file is damaged or encrypted. Save it anew without a password, and send it again.")
_SENTENCES = {
    Flaw.ENCRYPTED: _DAMAGED,
    Flaw.LEADS_OUT: gettext_lazy("This XLSX file was not written by a spreadsheet: its parts lead out of it."),
    Flaw.TWICE: gettext_lazy("This XLSX file was not written by a spreadsheet: a part is in it twice."),
    Flaw.TOO_LARGE: gettext_lazy(
        "This workbook is too large once unpacked. Copy the list alone into a new workbook, or save it as CSV."
    ),
    Flaw.DOCUMENT_TYPE: gettext_lazy(
        "This XLSX file declares a document type, which no spreadsheet writes. It was not opened."
    ),
    Flaw.BROKEN_XML: gettext_lazy("This XLSX file is damaged: save it anew, and send it again."),
}
_PIECE = 1 << 16
_COUNTED = re.compile(rb"<(?:\w+:)?(si|row|c)[\s/>]")


def opened(content: bytes) -> zipfile.ZipFile:
    """The workbook's zip, fit to be parsed. Raises ListRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _refuse_other_kinds(set(archive.namelist()))
        refuse_unfit(archive, _LIMITS)
        for entry in archive.infolist():
            _refuse_many(archive, entry)
    except UnfitZip as unfit:
        raise ListRefused(str(_SENTENCES[unfit.flaw])) from unfit
    except DAMAGED as error:
        raise ListRefused(str(_DAMAGED)) from error
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


def _refuse_many(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Texts, lines and cells, counted in every part: which one holds them is for it to say. In UTF-16 as well."""
    found: Counter[str] = Counter()
    with archive.open(entry) as part:
        for piece in iter(lambda: part.read(_PIECE), b""):
            found.update(name.decode() for name in _COUNTED.findall(piece.replace(b"\0", b"")))
    if any(found[name] > most for name, most in MOST.items()):
        raise ListRefused(_("This workbook holds far more than a list. Copy the list alone into a new one."))
