"""People trained in a funder's areas: one statement, counted in groups none of which is small.

A person is counted once for each course: where, when and for which agency they first completed it, wherever that was,
so that two funders whose areas overlap are told the same of an area. No name is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from courses.titles import course_titles
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment
from people.choices import Agency
from people.models import Area, Organisation

from .periods import Period
from .spreadsheets import Cell
from .suppression import counted_groups


class Group(NamedTuple):
    """The finest thing counted: rows' identifiers, and the agency's code."""

    course: int
    area: int
    agency: str


@dataclass(frozen=True)
class CourseTable:
    """One course: a row for each area, a column for each agency, and their sums. None: under five, or nobody."""

    title: str
    rows: list[tuple[str, list[int | None], int | None]]
    sums: list[int | None]
    total: int | None


def finished_by(areas: Sequence[Area], *, until: date) -> list[tuple[Group, date, int]]:
    """How many people of each group first completed a course in which month, of those that ended before a day."""
    done = Enrolment.objects.filter(state=EnrolmentState.COMPLETED, completed_at__isnull=False)
    same = done.filter(learner=OuterRef("learner"), course=OuterRef("course"))
    earlier = same.filter(
        Q(completed_at__lt=OuterRef("completed_at")) | Q(completed_at=OuterRef("completed_at"), pk__lt=OuterRef("pk"))
    )
    ours = get_default_timezone()  # the site's, whoever looks: a month must not begin earlier for some
    end = datetime.combine(until, time.min, tzinfo=ours)
    found = (
        done.filter(~Exists(earlier), area__in=areas, completed_at__lt=end)
        .annotate(month=TruncMonth("completed_at", tzinfo=ours))
        .values_list("course", "area", "agency", "month")
        .annotate(people=Count("pk"))
        .order_by("course", "area", "agency", "month")
    )
    return [(Group(course, area, agency), month.date(), people) for course, area, agency, month, people in found]


def tables(funder: Organisation, period: Period, *, until: date) -> list[CourseTable]:
    """The funder's tables of a period, one for each course, in the page's language; four statements."""
    areas = list(funder.areas.order_by("name"))
    shown = counted_groups(finished_by(areas, until=until), starts_on=period.starts_on, ends_on=period.ends_on)
    return [_table(course, title, areas, shown) for course, title in course_titles().items()]


def _table(course: int, title: str, areas: list[Area], shown: dict[Group, int]) -> CourseTable:
    grid = [[shown.get(Group(course, area.pk, agency)) for agency in Agency.values] for area in areas]
    rows = [(area.name, cells, _sum(cells)) for area, cells in zip(areas, grid, strict=True)]
    sums = [_sum([row[place] for row in grid]) for place in range(len(Agency))]
    return CourseTable(title, rows, sums, _sum(sums))


def _sum(cells: Sequence[int | None]) -> int | None:
    """Of what is shown; a sum of nothing shows nothing."""
    there = [cell for cell in cells if cell is not None]
    return sum(there) if there else None


def headings() -> list[str]:
    """The first row of a file, in the page's language."""
    return [
        _("Course"), _("Area"), _("Agency"), _("People counted"), _("Period"), _("Until the end of"),
        _("What is left out"),
    ]  # fmt: skip


def sums_are() -> str:
    """What a sum is called, of areas and of agencies: nobody may take it for everybody who was trained."""
    return _("All that can be shown")


def left_out() -> str:
    """What no number holds; it stands with every table, on the page and on each line of a file."""
    return _(
        "More people may have been trained: of each group, up to four are in no number yet, nor in any sum. "
        "A sum adds up the numbers that are shown and nothing else."
    )


def file_rows(found: Sequence[CourseTable], period: Period, *, last_day: date) -> list[Sequence[Cell]]:
    """The numbers of the page, one to a line, sums included."""
    agencies = [str(label) for label in Agency.labels]
    lines: list[Sequence[Cell]] = []
    for table in found:
        rows = [*table.rows, (sums_are(), table.sums, table.total)]
        for area, cells, total in rows:
            named = [*zip(agencies, cells, strict=True), (sums_are(), total)]
            for agency, cell in named:
                said = _("fewer than five") if cell is None else cell
                lines.append([table.title, area, agency, said, period.words, last_day, left_out()])
    return lines
