"""From a layout and its facts to the bytes of an accessible PDF.

Whatever people wrote goes in as data (`sys.inputs`), never as markup. The same facts give the same bytes on every
machine: only the fonts beside this file and those inside typst are used, and the clock is an argument.
"""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
# Accessible (PDF/UA-1, ISO 14289-1) and fit to be kept (PDF/A-2a, ISO 19005-2), both at once.
STANDARDS: "list[typst.PDFStandard]" = ["ua-1", "a-2a"]
# What both of our fonts can draw: English, Welsh and most of Europe. A text with any other letter is set wholly in
# typst's own Libertinus Serif, so that no name is half in one hand and half in another, or an accent astray.
OUR_LETTERS = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u00b4\u00b6-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0123\u0126\u0127\u012a\u012b"
    "\u012e-\u0133\u0136\u0137\u0139-\u013e\u0141-\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0165\u016a\u016b"
    "\u016e-\u017e\u0218-\u021b\u1e80-\u1e85\u1ef2\u1ef3\u200b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026]*"
)
# Marks that turn the reading direction could make a name read as somebody else's.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CannotBePrinted(Exception):
    """Raised when a text holds characters that none of the fonts can draw."""


def typeset(layout: Path, facts: dict[str, Any], *, at: datetime) -> bytes:
    """The layout (a .typ file) filled with the facts, which it reads from `sys.inputs.facts` as JSON.

    `at` is the moment the PDF says it was made. Raises CannotBePrinted for a script we have no letters for.
    """
    try:
        pdf = typst.compile(
            layout,
            root=layout.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=at,
        )
    except typst.TypstError as error:
        if "could not be displayed with" in str(error):
            raise CannotBePrinted("No font here has letters for part of this text.") from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def printable(text: str) -> str:
    """A text on one line, composed, without control characters or marks that turn the reading direction."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cc" and sign not in _DIRECTION_MARKS)
