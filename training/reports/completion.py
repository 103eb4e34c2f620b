"""How far everybody is."""

from collections import Counter, defaultdict
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from toolkit.days import site_day
from toolkit.folding import fold

from enrolments.choices import EnrolmentState
from enrolments.models import Cohort, Enrolment, PinnedSet
from people.models import Organisation

from ..board.reading import Row, board_of
from ..choices import Stage
from ..how_far import percent_of_all
from ..own_people import in_parts, people_of
from ..spreadsheets import Cell
from .table import Heading, Report, share_in_words


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """A row for everybody on the board, each activity as a detail; those who left are counted and not named."""
    board = board_of(cohort, at=at)
    rows = sorted(board.rows, key=lambda row: (fold(row.name), str(row.enrolment)))
    dates, percents = _dates(cohort), _percents(cohort)
    told = [
        Heading(_("M%(module)s: %(title)s") % {"module": column.module, "title": column.title}, is_detail=True)
        for column in board.columns
    ]
    return Report(
        title=_("Completion"),
        about=_("Who has completed the course, and how far everybody else is."),
        headings=[
            Heading(_("Name")), Heading(_("Agency")), Heading(_("Employer")), Heading(_("State")), *told,
            Heading(_("Activities done"), is_number=True), Heading(_("Per cent"), is_number=True),
            Heading(_("Begun on")), Heading(_("Completed on")), Heading(_("Last here")),
        ],
        rows=[_cells(row, dates.get(row.enrolment, (None, None)), percents.get(row.enrolment)) for row in rows],
        figures=_figures([row.state for row in rows], left_count(cohort)),
        links=[reverse("cohort_learner", args=[cohort.uuid, row.enrolment]) for row in rows],
        notes=[_("Whoever was written to and has not come yet is not in it. Whoever left is counted and not named.")],
        empty=_("Nobody is in this cohort yet"),
    )  # fmt: skip


def _cells(row: Row, dates: tuple[date | None, date | None], percent: int | None) -> list[Cell]:
    return [
        row.name,
        row.agency_label,
        row.employer,
        str(EnrolmentState(row.state).label),
        *(str(cell.label) for cell in row.cells),
        row.done_count,
        percent,
        *dates,
        row.last_on,
    ]


def _dates(cohort: Cohort) -> dict[UUID, tuple[date | None, date | None]]:
    """When each began and completed, as days of the cohort."""
    moments = Enrolment.objects.filter(cohort=cohort).values_list("uuid", "started_at", "completed_at")
    return {
        uuid: (cohort.today(begun) if begun else None, cohort.today(done) if done else None)
        for uuid, begun, done in moments
    }


def _percents(cohort: Cohort) -> dict[UUID, int]:
    """Of everything that each one's requirement sets ask for."""
    shares: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    pinned = PinnedSet.objects.filter(enrolment__cohort=cohort)
    for uuid, *share in pinned.values_list("enrolment__uuid", "done_count", "required_count"):
        shares[uuid].append((share[0], share[1]))
    return {uuid: percent_of_all(those) for uuid, those in shares.items()}


def left_count(cohort: Cohort) -> int:
    """How many began and left."""
    left = Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.WITHDRAWN, started_at__isnull=False)
    return left.filter(learner__blanked_at=None).count()


def _figures(states: list[str], left: int) -> list[tuple[str, str]]:
    counted = Counter(states)
    everybody = len(states) + left
    return [
        (_("Completed"), share_in_words(counted[EnrolmentState.COMPLETED], everybody)),
        (_("Under way"), str(counted[EnrolmentState.ACTIVE])),
        (_("Not begun"), str(counted[EnrolmentState.BOOKED])),
        (_("On leave"), str(counted[EnrolmentState.ON_LEAVE])),
        (_("Left the course"), str(left)),
    ]


def of_organisation(organisation: Organisation, *, at: datetime) -> Report:
    """A row for each person and run of a lead's list: stage and percentages, and nothing of how they were reached."""
    people = [row for row in people_of(organisation, on=site_day(at)) if row.stage != Stage.NOT_BOOKED]
    people.sort(key=lambda row: (fold(row.name), fold(row.cohort), str(row.stage)))
    counted = Counter(row.stage for row in people)
    waiting = counted[Stage.LETTER_SENT] + counted[Stage.BOOKED]
    return Report(
        title=_("Completion"),
        about=_("Who of your people has completed their course, and how far everybody else is."),
        headings=[
            Heading(_("Name")), Heading(_("Cohort")), Heading(_("Agency")), Heading(_("State")), Heading(_("Since")),
            Heading(_("How far")), Heading(_("Certificates")), Heading(_("Valid until")),
        ],
        rows=[
            [
                row.name, row.cohort, row.agency_label, str(row.stage.label), row.since_on,
                "; ".join(row.how_far),
                "; ".join(one.title for one in row.held), row.valid_until_on,
            ]
            for row in in_parts(people)
        ],
        figures=[
            (_("Completed"), share_in_words(counted[Stage.DONE], len(people))),
            (_("Under way"), str(counted[Stage.DOING])),
            (_("Not begun"), str(waiting)),
            (_("Left the course"), str(counted[Stage.LEFT])),
        ],
        notes=[_("You see where people stand and what they earned; their answers, scores and notes are theirs.")],
        empty=_("Nobody is booked yet."),
    )  # fmt: skip
