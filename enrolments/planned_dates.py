"""The days by which a cohort plans to have done what: reading them, and setting all of them at once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from toolkit.digests import digest_of

from audit.entries import note_act
from people.models import User

from .choices import EnrolmentState
from .models import Cohort, Enrolment, PlannedDate


class ChangedMeanwhile(Exception):
    """Raised when somebody else set other dates since the page was shown; worded for the trainer."""


def planned_dates(cohort: Cohort | int) -> dict[int, date]:
    """The planned day of each activity that has one."""
    return dict(PlannedDate.objects.filter(cohort=cohort).values_list("activity", "due_on"))


def dates_for(enrolment: Enrolment | None) -> dict[int, date]:
    """The dates a learner's cohort planned; none on leave, when nothing is due.

    One statement, and none where `reading_enrolment` knows of no plan.
    """
    if enrolment is None or enrolment.state == EnrolmentState.ON_LEAVE or not getattr(enrolment, "has_plan", True):
        return {}
    return planned_dates(enrolment.cohort_id)


def last_day_for(enrolment: Enrolment) -> date | None:
    """The day by which a learner's cohort plans to be done; none on leave, or where the cohort has no end."""
    return None if enrolment.state == EnrolmentState.ON_LEAVE else enrolment.cohort.ends_on


def seen_as(dates: Mapping[int, date]) -> str:
    """Stands for dates as somebody saw them."""
    return digest_of({str(activity): day.isoformat() for activity, day in dates.items()})


@transaction.atomic
def set_planned_dates(cohort: Cohort, dates: Mapping[int, date], *, seen: str, by: User, at: datetime) -> None:
    """These dates and no others. `seen` is `seen_as` of those that stood when the page was shown.

    Locks the cohort. Setting what stands already changes nothing. Raises ChangedMeanwhile.
    """
    held = Cohort.objects.select_for_update().get(pk=cohort.pk)
    now = planned_dates(held)
    if now == dict(dates):
        return
    if seen_as(now) != seen:
        raise ChangedMeanwhile(
            _("Somebody else changed the dates since you opened this page. Yours are still here; look at theirs.")
        )
    PlannedDate.objects.filter(cohort=held).exclude(activity__in=dates).delete()
    for activity, day in dates.items():
        PlannedDate.objects.update_or_create(cohort=held, activity_id=activity, defaults={"due_on": day})
    note_act("dates_planned", subject=held, at=at, actor=by)
