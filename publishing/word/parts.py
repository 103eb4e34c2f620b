"""What a Word file has to be before it is read: its kind, its size, its parts. Raises WordRefused with a sentence."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.office_zips import DAMAGED, OLD_OFFICE, Flaw, Limits, UnfitZip, refuse_unfit

MAX_XML_BYTES = 4_000_000
MAX_ELEMENTS = 60_000
MAX_DEPTH = 60
TYPES = "[Content_Types].xml"
_XML_PARTS = ("document", "styles", "numbering", "footnotes", "endnotes")
_LIMITS = Limits(
    parts=2_000,
    unpacked_bytes=60_000_000,
    other_part_bytes=20_000_000,
    part_bytes=dict.fromkeys(_XML_PARTS, MAX_XML_BYTES),
)
_DAMAGED = gettext_lazy("This Word file is damaged. Open it in Word, save it anew, and send it again.")
_SENTENCES = {
    Flaw.ENCRYPTED: gettext_lazy("This Word file has a password. Save it without one, and send it again."),
    Flaw.LEADS_OUT: gettext_lazy("This file was not written by Word: its parts lead out of it."),
    Flaw.TWICE: gettext_lazy("This file was not written by Word: a part is in it twice."),
    Flaw.TOO_LARGE: gettext_lazy(
        "This Word file is too large once unpacked. Take out its pictures, or bring one chapter at a time."
    ),
    Flaw.DOCUMENT_TYPE: gettext_lazy("This file declares a document type, which Word never writes. It was not opened."),
    Flaw.BROKEN_XML: _DAMAGED,
}
_OTHERS = (
    (b"%PDF", gettext_lazy("This is a PDF. Send the Word file that it was made from.")),
    (b"{\\rtf", gettext_lazy("This is an RTF file. Open it in Word, save it as DOCX, and send it again.")),
)


class WordRefused(Exception):
    """Raised with a sentence for whoever sent the file; nothing has been written."""


class FarTooMuch(WordRefused):
    """Raised for what is beyond our limits; whoever pasted is told so in words of a paste."""


class Parts:
    """The parts of a Word file, found by their relationships as Word finds them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.archive = _opened(file)
        self._names = set(self.archive.namelist())
        self.document = next(self._related("", "officeDocument"), "word/document.xml")
        if self.document not in self._names:
            raise WordRefused(_("This is not a Word file: send a DOCX."))

    def of(self, kind: str) -> list[str]:
        """Names of the parts of a kind that the document points to: styles, numbering, footnotes, header…"""
        return [name for name in self._related(self.document, kind) if name in self._names]

    def tree(self, name: str) -> Element:
        """A part, parsed within limits."""
        try:
            return self._tree(name)
        except (*DAMAGED, ParseError, DefusedXmlException, LookupError) as error:
            raise WordRefused(str(_DAMAGED)) from error

    def _tree(self, name: str) -> Element:
        if self.archive.getinfo(name).file_size > MAX_XML_BYTES:
            raise WordRefused(str(_SENTENCES[Flaw.TOO_LARGE]))
        depth = elements = 0
        root: Element | None = None
        with self.archive.open(name) as part:
            for event, element in iterparse(part, events=("start", "end")):
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                elements += event == "start"
                if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
                    raise WordRefused(too_much())
        assert root is not None  # an empty part is a ParseError
        return root

    def _related(self, name: str, kind: str) -> Iterator[str]:
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self._names:
            return
        for one in self.tree(relations):
            is_kind = (one.get("Type") or "").rpartition("/")[2] == kind
            if is_kind and one.get("TargetMode") != "External":
                yield posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip("/")


def too_much() -> str:
    """The sentence for a file beyond our limits."""
    return _("This Word file holds far more than one page. Bring one chapter at a time.")


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    file.seek(0)
    _refuse_other_kinds(file.read(512))
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        _refuse_other_archives(set(archive.namelist()))
        refuse_unfit(archive, _LIMITS)
    except UnfitZip as unfit:
        raise WordRefused(str(_SENTENCES[unfit.flaw])) from unfit
    except DAMAGED as error:
        raise WordRefused(str(_DAMAGED)) from error
    return archive


def _refuse_other_kinds(beginning: bytes) -> None:
    for mark, sentence in _OTHERS:
        if beginning.startswith(mark):
            raise WordRefused(str(sentence))
    if beginning.startswith(OLD_OFFICE):
        words = _("This file has a password or is of the old format (.doc). Save it as DOCX without a password.")
        raise WordRefused(words)
    if not beginning.startswith(b"PK"):
        raise WordRefused(_("This is not a Word file: send a DOCX."))


def _refuse_other_archives(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WordRefused(_("This Word file holds macros, which we do not open. Save it as DOCX without macros."))
    if "mimetype" in names and "content.xml" in names:
        raise WordRefused(_("This is an OpenDocument file. Save it as DOCX, and send it again."))
    if TYPES not in names:
        raise WordRefused(_("This is not a Word file: send a DOCX."))
