"""The rows of a board as HTML. Written without templates: a board may have a hundred thousand cells."""

from collections.abc import Iterable
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..choices import CellState
from .reading import Column, Row
from .words import why, written

# By shape as well as by colour; the words stand beside them for whoever does not see them.
SIGNS = {
    CellState.DONE: "✓",
    CellState.WAITING: "…",
    CellState.DOING: "◐",
    CellState.FAILED: "!",
    CellState.NEXT: "○",
    CellState.OPEN: "·",
}


def rows_html(rows: Iterable[Row], columns: list[Column], today: date) -> SafeString:
    """A `<tr>` for each; every cell leads to its activity on the learner's page, relative to the board."""
    words = {state: escape(str(state.label)) for state in CellState}
    cells = [
        {
            state: f'#a{column.activity}"><span class="sign {state}" aria-hidden="true">{SIGNS[state]}</span>'
            f'<span class="visually-hidden">{words[state]}</span></a></td>'
            for state in CellState
        }
        for column in columns
    ]
    return mark_safe("".join(_row(row, cells, today) for row in rows))  # noqa: S308  (every word is escaped)


def _row(row: Row, cells: list[dict[CellState, str]], today: date) -> str:
    link = f'<td class="tight"><a href="people/{row.enrolment}/'
    drawn = "".join([link + made[state] for made, state in zip(cells, row.cells, strict=True)])
    beside = escape(row.employer or row.agency_label)
    need = f'<span class="needs-you">{escape(why(row.need, today))}</span>' if row.need else ""
    if row.waits:
        need += f'<small><a href="marking/?by=learner">{escape(_("An answer waits to be marked"))}</a></small>'
    if row.written_on:
        need += f"<small>{escape(written(row.written_on, seen_since=row.seen_since))}</small>"
    who = f'<th scope="row"><a href="people/{row.enrolment}/">{escape(row.name)}</a><small>{beside}</small></th>'
    return f"<tr>{who}<td>{need}</td>{drawn}</tr>\n"
