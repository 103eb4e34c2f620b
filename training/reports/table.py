"""What every report is made of. A page, a CSV, a workbook and a PDF show the same one. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from ..spreadsheets import Cell


@dataclass(frozen=True)
class Heading:
    """A column. Details stand in the files that open in a spreadsheet, where there is room, and not on a page."""

    words: str
    is_detail: bool = False
    is_number: bool = False


@dataclass(frozen=True)
class Report:
    """A report read at one moment. `figures` are sums above the table; `notes` say what a reader must know of it."""

    title: str
    about: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    figures: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = field(default=())
    links: Sequence[str] = ()  # where each row leads on the page, if it leads anywhere
    empty: str = ""  # what is said in place of a table without rows

    @property
    def words(self) -> list[str]:
        """The words of every column."""
        return [one.words for one in self.headings]

    @property
    def main(self) -> list[Heading]:
        """The columns that stand on a page and on paper."""
        return [one for one in self.headings if not one.is_detail]

    def without_details(self, rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
        """These rows as they stand on a page and on paper."""
        places = [place for place, one in enumerate(self.headings) if not one.is_detail]
        return [[row[place] for place in places] for row in rows]


def percent(count: int | Fraction, of: int) -> int | None:
    """Whole per cent, rounded down, so that 100 means all; None of nothing."""
    return int(100 * count // of) if of else None


def share_in_words(count: int, of: int) -> str:
    """Such as "278 of 383 (72%)"."""
    values = {"count": count, "of": of, "percent": percent(count, of)}
    return _("%(count)s of %(of)s (%(percent)s%%)") % values if of else _("%(count)s of %(of)s") % values
