"""Where people stop: how many have done each activity, and where those stand who have not done all."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from toolkit.days import site_day
from toolkit.folding import fold

from courses.choices import ActivityKind
from enrolments.choices import EnrolmentState
from enrolments.models import Cohort, Enrolment, Progress
from people.models import Organisation

from ..board.reading import Column, columns_of
from ..choices import Stage
from ..own_people import Row, in_parts, people_of
from ..spreadsheets import Cell
from .table import Heading, Report, percent, share_in_words

BANDS = (0, 1, 25, 50, 75, 100)  # the least per cent of each


@dataclass
class _Stops:
    """Of one activity: how many have done it, and for how many it is the first that is not done."""

    done: int = 0
    now: int = 0
    left: int = 0


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for each activity in order. Whoever began counts, those who left among them; nobody is named."""
    columns = columns_of(cohort)
    runs = Enrolment.objects.filter(cohort=cohort, started_at__isnull=False, learner__blanked_at=None)
    states = dict(runs.values_list("pk", "state"))
    stops = _counted(columns, states, _done(cohort, columns))
    rows: list[list[Cell]] = [
        [
            column.title,
            f"M{column.module}" if column.module else _("Whole course"),
            one.done,
            percent(one.done, len(states)),
            one.now,
            one.left,
        ]
        for column, one in zip(columns, stops, strict=True)
    ]
    left = list(states.values()).count(EnrolmentState.WITHDRAWN)
    return Report(
        title=_("Where people stop"),
        about=_("How many have done each activity, and where those stand who have not done them all."),
        headings=[
            Heading(_("Activity")), Heading(_("Module")), Heading(_("Done by"), is_number=True),
            Heading(_("Per cent of those who began"), is_number=True), Heading(_("Stand here now"), is_number=True),
            Heading(_("Left the course here"), is_number=True),
        ],
        rows=rows,
        figures=[(_("Began"), str(len(states))), (_("Left the course"), share_in_words(left, len(states)))],
        notes=[_("People stand at the first activity they have not done. A quiz is done once it is passed.")],
        empty=_("This course has no published activities yet."),
    )  # fmt: skip


def _done(cohort: Cohort, columns: list[Column]) -> dict[int, set[int]]:
    quizzes = {column.activity for column in columns if column.kind == ActivityKind.ASSESSMENT}
    done: dict[int, set[int]] = defaultdict(set)
    seen = Progress.objects.filter(enrolment__cohort=cohort, completed_at__isnull=False)
    for run, activity, passed in seen.values_list("enrolment", "activity", "passed_at"):
        if passed or activity not in quizzes:
            done[run].add(activity)
    return done


def _counted(columns: list[Column], states: Mapping[int, str], done: Mapping[int, set[int]]) -> list[_Stops]:
    stops = [_Stops() for _column in columns]
    for run, state in states.items():
        theirs = done.get(run, set())
        open_places = [place for place, column in enumerate(columns) if column.activity not in theirs]
        for place, column in enumerate(columns):
            stops[place].done += column.activity in theirs
        if not open_places or state == EnrolmentState.COMPLETED:
            continue
        if state == EnrolmentState.WITHDRAWN:
            stops[open_places[0]].left += 1
        else:
            stops[open_places[0]].now += 1
    return stops


def of_organisation(organisation: Organisation, *, at: datetime) -> Report:
    """A row for each cohort: how many stand in which quarter of what is asked, by the percentages a lead may see."""
    people = [row for row in people_of(organisation, on=site_day(at)) if row.stage != Stage.NOT_BOOKED]
    by_cohort: dict[str, Counter[str]] = defaultdict(Counter)
    for row in in_parts(people):
        by_cohort[row.cohort][_place(row)] += 1
    places = [str(Stage.BOOKED), *(f"from {low}" for low in BANDS[1:]), str(Stage.LEFT)]
    return Report(
        title=_("Where people stop"),
        about=_("How far your people are in each cohort."),
        headings=[
            Heading(_("Cohort")), Heading(_("Not begun"), is_number=True),
            *(Heading(one, is_number=True) for one in _bands()),
            Heading(_("Left the course"), is_number=True),
        ],
        rows=[
            [cohort, *(by_cohort[cohort][place] for place in places)]
            for cohort in sorted(by_cohort, key=fold)
        ],
        figures=[(_("People booked"), str(len(people)))],
        notes=[_("Per cent of everything that is asked of them: all of it means that everything is met.")],
        empty=_("Nobody is booked yet."),
    )  # fmt: skip


def _bands() -> list[str]:
    return [_("Under 25%"), "25–49%", "50–74%", "75–99%", _("All of it")]


def _place(row: Row) -> str:
    if row.stage == Stage.LEFT:
        return str(Stage.LEFT)
    if row.may_be_taken_back:
        return str(Stage.BOOKED)
    if row.stage == Stage.DONE:
        return f"from {BANDS[-1]}"
    return f"from {max(low for low in BANDS[1:] if low <= max(row.percent, 1))}"
