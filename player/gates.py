"""Whether a module is open to a learner: from which day on, and after what. Source: docs/decisions/0052.

What was once open to somebody stays open: a module they began, and everything once the course is completed.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from courses.models import Activity
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment

from .outline import Closed, Outline, outline_of


def with_gates(outlines: list[Outline], enrolment: Enrolment) -> list[Outline]:
    """The outlines of a course in order, each with what keeps it closed to the learner today."""
    if enrolment.state == EnrolmentState.COMPLETED:
        return outlines
    days, by_module = _opening_days(enrolment, outlines), {outline.module.pk: outline for outline in outlines}
    return [replace(one, closed=_closed(one, by_module.get(one.module.after_id or 0), days)) for one in outlines]


def closed_to(enrolment: Enrolment | None, activity: Activity, *, language: str) -> Closed | None:
    """What keeps an activity closed to a learner today; None for one that is open, and for staff."""
    module = activity.module
    if module is None or enrolment is None or enrolment.state == EnrolmentState.COMPLETED:
        return None
    if enrolment.progress.filter(activity__module=module).exists():
        return None
    here = outline_of(module, language=language, enrolment=enrolment)
    before = outline_of(module.after, language=language, enrolment=enrolment) if module.after else None
    return _closed(here, before, _opening_days(enrolment, [here]))


def _opening_days(enrolment: Enrolment, outlines: Iterable[Outline]) -> dict[int, date]:
    """Days still to come, by module."""
    today = enrolment.cohort.today(timezone.now())
    later = enrolment.cohort.openings.filter(opens_on__gt=today, module__in=[one.module for one in outlines])
    return dict(later.values_list("module", "opens_on"))


def _closed(outline: Outline, before: Outline | None, days: dict[int, date]) -> Closed | None:
    if any(step.is_started for step in outline.steps):
        return None
    opens_on, unmet = days.get(outline.module.pk), before is not None and before.first_open is not None
    if opens_on is None and not unmet:
        return None
    return Closed(opens_on, before.title if before and unmet else "", before.url if before and unmet else "")
