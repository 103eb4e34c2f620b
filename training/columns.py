"""What a file of a lead's people says: the columns, from the same rows as the page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .own_people import Row
from .spreadsheets import Cell


def headings() -> list[str]:
    """The first row, in the page's language."""
    return [
        _("Name"), _("Cohort"), _("Agency"), _("State"), _("Since"), _("How far"), _("Certificates"), _("Valid until"),
        _("To know"), _("Leaves on"),
    ]  # fmt: skip


def cells(row: Row) -> Sequence[Cell]:
    """One row."""
    return [
        row.name,
        row.cohort,
        row.agency_label,
        str(row.stage.label),
        row.since_on,
        "; ".join(row.how_far),
        "; ".join(one.title for one in row.held),
        row.valid_until_on,
        "; ".join(f"{one.title}: {one.words}" for one in row.held if one.words),
        row.leaves_on,
    ]
