"""How long it takes from the first step to the last."""

from collections.abc import Sequence
from datetime import date, datetime
from statistics import median_low, quantiles

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.days import site_day
from toolkit.folding import fold

from enrolments.choices import EnrolmentState
from enrolments.models import Cohort, Enrolment
from people.choices import Agency
from people.models import Organisation

from ..choices import Stage
from ..own_people import people_of
from ..spreadsheets import Cell
from .table import Heading, Report


def of_cohort(cohort: Cohort, *, at: datetime) -> Report:
    """Everybody who completed, the quickest first."""
    done = Enrolment.objects.filter(
        cohort=cohort, state=EnrolmentState.COMPLETED, started_at__isnull=False, learner__blanked_at=None
    )
    rows: list[list[Cell]] = [
        [name, str(Agency(agency).label), cohort.today(begun), cohort.today(ended), _days(begun, ended, cohort)]
        for name, agency, begun, ended in done.values_list("learner__name", "agency", "started_at", "completed_at")
        if begun and ended
    ]
    return _report([Heading(_("Name")), Heading(_("Agency"))], rows, _("How long those took who completed the course."))


def of_organisation(organisation: Organisation, *, at: datetime) -> Report:
    """Everybody of a lead's list who completed, by person and cohort."""
    people = [row for row in people_of(organisation, on=site_day(at)) if row.stage == Stage.DONE and row.enrolment]
    runs = Enrolment.objects.filter(pk__in=[row.enrolment for row in people], started_at__isnull=False)
    runs = runs.select_related("cohort")
    moments = {run.pk: (run.started_at, run.completed_at, run.cohort) for run in runs.iterator(chunk_size=1000)}
    rows: list[list[Cell]] = []
    for row in people:
        begun, ended, cohort = moments.get(row.enrolment or 0, (None, None, None))
        if begun and ended and cohort:
            rows.append([row.name, row.cohort, cohort.today(begun), cohort.today(ended), _days(begun, ended, cohort)])
    about = _("How long those of your people took who completed their course.")
    return _report([Heading(_("Name")), Heading(_("Cohort"))], rows, about)


def _days(begun: datetime, ended: datetime, cohort: Cohort) -> int:
    """Both days counted: whoever begins and completes on one day took one."""
    return (cohort.today(ended) - cohort.today(begun)).days + 1


def _report(first: list[Heading], rows: list[list[Cell]], about: str) -> Report:
    rows.sort(key=lambda row: (row[-1], fold(str(row[0])), str(row[1])))
    days = [one for row in rows if isinstance(one := row[-1], int) and not isinstance(one, date)]
    return Report(
        title=_("Time to complete"),
        about=about,
        headings=[*first, Heading(_("Begun on")), Heading(_("Completed on")), Heading(_("Days"), is_number=True)],
        rows=rows,
        figures=_figures(days),
        notes=[_("Days are counted from the first activity opened to the last one asked for, both included.")],
        empty=_("Nobody has completed the course yet."),
    )


def _figures(days: Sequence[int]) -> list[tuple[str, str]]:
    if not days:
        return []
    figures = [
        (_("Completed"), str(len(days))),
        (_("Half took at most"), _in_words(median_low(days))),
        (_("The quickest"), _in_words(min(days))),
        (_("The longest"), _in_words(max(days))),
    ]
    if len(days) >= 4:
        low, _middle, high = (round(one) for one in quantiles(days, n=4, method="inclusive"))
        figures.insert(2, (_("The middle half"), _("%(low)s to %(high)s days") % {"low": low, "high": high}))
    return figures


def _in_words(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
