"""A board as the columns of a file."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from enrolments.choices import EnrolmentState

from ..spreadsheets import Cell
from .reading import Column, Row
from .words import why


def headings(columns: Sequence[Column]) -> list[str]:
    """One for each column of `cells`."""
    told = [_told(column) for column in columns]
    return [_("Name"), _("Agency"), _("Employer"), _("State"), *told, _("Done"), _("Last here"), _("Needs you")]


def _told(column: Column) -> str:
    if not column.module:
        return column.title
    return _("M%(module)s: %(title)s") % {"module": column.module, "title": column.title}


def cells(row: Row, today: date) -> list[Cell]:
    """One learner; "Done" counts activities, "Last here" is a day."""
    return [
        row.name,
        row.agency_label,
        row.employer,
        str(EnrolmentState(row.state).label),
        *(str(cell.label) for cell in row.cells),
        row.done_count,
        row.last_on,
        why(row.need, today) if row.need else "",
    ]
