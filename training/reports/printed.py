"""A report on paper: a tagged PDF, A4 laid wide, the head of the table on every page."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from toolkit.typesetting import OUR_LETTERS, printable, typeset

from ..spreadsheets import Cell
from .table import Report

LAYOUT = Path(__file__).parent / "report.typ"


def pdf_of(report: Report, *, whose: str, at: datetime) -> bytes:
    """The bytes; `whose` is the cohort or organisation. Raises CannotBePrinted for letters that no font here has."""
    rows = [[_text(cell) for cell in row] for row in report.without_details(report.rows)]
    texts = [whose, *(cell for row in rows for cell in row)]
    facts = {
        "language": get_language() or settings.LANGUAGE_CODE,
        "brand": printable(settings.BRAND_NAME),
        "title": report.title,
        "whose": printable(whose),
        "about": report.about,
        "made": _("Read on %(day)s") % {"day": date_format(timezone.localtime(at), "j F Y, H:i")},
        "figures": [[words, value] for words, value in report.figures],
        "headings": [one.words for one in report.main],
        "numbers": [one.is_number for one in report.main],
        "rows": rows,
        "notes": list(report.notes) if rows else [report.empty],
        "other_letters": sorted({text for text in texts if not OUR_LETTERS.fullmatch(text)}),
        "page_of": _("Page {page} of {count}"),
    }
    return typeset(LAYOUT, facts, at=at.replace(microsecond=0))  # typst takes no parts of a second


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j M Y")
    return "" if cell is None else printable(str(cell))
