"""The board of a cohort: on the screen, and the same rows as a file."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from enrolments.choices import EnrolmentState
from enrolments.coming import not_come_count
from enrolments.models import Cohort

from ..doors import for_trainer
from ..narrowing import counts
from ..planned.pages import plan_of
from ..spreadsheets import KINDS, file_name, table_file
from .columns import cells, headings
from .drawing import rows_html
from .earned import certificates_of_leavers
from .looking import ACTIVITY, Look, shows
from .reading import Board, Column, board_of
from .words import heading, standing

ROWS_ON_A_PAGE = 200


@require_GET
@for_trainer
def show(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Learners by activities: narrowed, searched, sorted by any column."""
    board = board_of(cohort, at=timezone.now())
    look = Look.asked(request.GET, board)
    page = Paginator(look.of(board), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "heading": heading(board),
        "is_empty": not board.rows,
        "standing": _standing(board),
        "look": look,
        "shows": counts(board.rows, shows()),
        "modules": _modules(board.columns, look),
        "sorts": {key: look.heading(key) for key in ("name", "need")},
        "page_of": page,
        "rows": rows_html(page.object_list, board.columns, board.today),
        "quiet_days": settings.QUIET_DAYS,
        "not_come": not_come_count(cohort, on=board.today),
        "of_leavers": certificates_of_leavers(cohort) if "left" in request.GET or not board.rows else None,
        **plan_of(cohort, board),
    }
    return render(request, "training/board.html", context)


def _standing(board: Board) -> str:
    states = [row.state for row in board.rows]
    order = (EnrolmentState.COMPLETED, EnrolmentState.ACTIVE, EnrolmentState.BOOKED, EnrolmentState.ON_LEAVE)
    return standing(*(states.count(state) for state in order))


def _modules(columns: list[Column], look: Look) -> list[tuple[int, list[tuple[Column, dict[str, str]]]]]:
    """The columns under their modules, each with what its heading's link asks for."""
    return [
        (number, [(column, look.heading(f"{ACTIVITY}{column.activity}")) for column in those])
        for number, those in groupby(columns, key=lambda column: column.module)
    ]


@require_GET
@for_trainer
def as_file(request: HttpRequest, cohort: Cohort, kind: str) -> FileResponse:
    """All rows of the board as it is narrowed and sorted, whatever the page."""
    if kind not in KINDS:
        raise Http404
    board = board_of(cohort, at=timezone.now())
    rows: list[Any] = Look.asked(request.GET, board).of(board)
    return table_file(
        kind,
        headings(board.columns),
        (cells(row, board.today) for row in rows),
        name=file_name(cohort.name, _("board"), board.today),
        title=_("Board"),
    )
