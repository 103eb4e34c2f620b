"""From a credential's facts to the bytes of its PDF.

The layout is certificate.typ. Whatever people typed goes in as data, never as markup. The same facts give the same
bytes on every machine: only the fonts in this folder and those inside typst are used, and the clock is the award's.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
import typst

from .border import border_svg
from .words import LABELS, date_in_words

HERE = Path(__file__).parent
# Accessible (PDF/UA-1, ISO 14289-1) and fit to be kept (PDF/A-2a, ISO 19005-2), both at once.
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
# What both of our fonts can draw: English, Welsh and most of Europe. A text with any other letter is set wholly in
# typst's own Libertinus Serif, so that no name is half in one hand and half in another, or an accent astray.
OUR_LETTERS = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u00b4\u00b6-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0123\u0126\u0127\u012a\u012b"
    "\u012e-\u0133\u0136\u0137\u0139-\u013e\u0141-\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0165\u016a\u016b"
    "\u016e-\u017e\u0218-\u021b\u1e80-\u1e85\u1ef2\u1ef3\u200b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026]*"
)
LONGEST_UNBROKEN = 26  # letters; a longer word may be broken, or it would run off the page
# Marks that turn the reading direction could make a name read as somebody else's.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CannotBePrinted(Exception):
    """Raised when a text holds characters that none of the certificate's fonts can draw."""


@dataclass(frozen=True)
class CertificateFacts:
    """All that a certificate says. `language` is "en" or "cy"; the texts are already in it."""

    name: str
    title: str
    statement: str
    issuer: str
    awarded_on: date
    valid_until_on: date | None
    code: str  # grouped in fours
    verify_url: str
    language: str
    rests_on_open_bank: bool
    brand_name: str
    brand_notice: str


def render_certificate(facts: CertificateFacts) -> bytes:
    """The certificate as a one-page PDF, A4 laid wide.

    Raises CannotBePrinted for a script we have no letters for, and KeyError for a language we have no words in.
    """
    try:
        pdf = typst.compile(
            HERE / "certificate.typ",
            root=HERE,
            font_paths=[HERE / "fonts"],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"facts": json.dumps(_inputs(facts), ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(facts.awarded_on, time(12), tzinfo=UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed with" in str(error):
            raise CannotBePrinted("The certificate has no letters for part of this name or title.") from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def _inputs(facts: CertificateFacts) -> dict[str, object]:
    """What certificate.typ reads: texts ready to be set, which of them need another font, and two drawings as SVG."""
    labels = dict(LABELS[facts.language])
    labels["qr"] = labels["qr"].format(url=facts.verify_url)
    until = facts.valid_until_on
    texts = {
        "name": _line(facts.name),
        "title": _line(facts.title),
        "issuer": _line(facts.issuer),
        "brand_name": _line(facts.brand_name),
        "brand_notice": _line(facts.brand_notice),
    }
    statement = [_line(part) for part in facts.statement.splitlines() if part.strip()]
    return {
        **texts,
        "statement": statement,
        "other_letters": [text for text in (*texts.values(), *statement) if not OUR_LETTERS.fullmatch(text)],
        "language": facts.language,
        "labels": labels,
        "awarded_on": date_in_words(facts.awarded_on, facts.language),
        "valid_until": date_in_words(until, facts.language) if until else labels["no_end"],
        "code": facts.code,
        "verify_url": facts.verify_url,
        "open_bank": labels["open_bank"] if facts.rests_on_open_bank else "",
        "border": border_svg(facts.code),
        "qr": qr_svg(facts.verify_url),
    }


def qr_svg(address: str) -> str:
    """The address as a QR code. A quarter of it may be lost to a fold or a stain (level Q).

    Without its quiet zone (four modules, ISO/IEC 18004): the layout leaves more white than that all round it.
    """
    code = segno.make(address, error="q", micro=False, boost_error=False)
    return code.svg_inline(border=0, dark="#1b2a2e", light="#ffffff")


def _line(text: str) -> str:
    """A person's text on one line, composed, without control characters, and never wider than the page."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(c for c in composed if unicodedata.category(c) != "Cc" and c not in _DIRECTION_MARKS)
    return " ".join(_breakable(word) for word in kept.split(" "))


def _breakable(word: str) -> str:
    """A word that may go over a line end if it is longer than a line of the largest letters."""
    if len(word) <= LONGEST_UNBROKEN:
        return word
    half = LONGEST_UNBROKEN // 2
    return "\u200b".join(word[start : start + half] for start in range(0, len(word), half))
