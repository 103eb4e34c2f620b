"""Reminders to trainers of what is due tomorrow, today or earlier: one letter a trainer for each day, by daylight."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import timezone

from enrolments.choices import CohortRoleCode
from enrolments.models import Cohort, CohortRole
from enrolments.return_targets import answer_by
from people.models import User

from ..board.daytime import next_daytime
from .letters import remind
from .reading import waiting_anywhere

AHEAD = timedelta(days=1)


def remind_markers(at: datetime | None = None) -> int:
    """Write to the trainers of every cohort where something is due; returns how many were due a letter.

    Run each minute: letters are written once, and nobody's night is disturbed.
    """
    now = at or timezone.now()
    due = _due(now)
    if not due:
        return 0
    told: dict[User, list[tuple[Cohort, int, date]]] = defaultdict(list)
    roles = CohortRole.objects.current(timezone.localdate(now)).filter(role=CohortRoleCode.TRAINER, cohort__in=due)
    for role in roles.select_related("person", "cohort").order_by("cohort__name", "pk"):
        days = due[role.cohort_id]
        mine = [day for learner, day in days if learner != role.person_id]
        if mine and role.person.is_active and next_daytime(now, role.person.time_zone) == now:
            told[role.person].append((role.cohort, len(mine), min(mine)))
    return sum(remind(person, cohorts, at=now) for person, cohorts in told.items())


def _due(now: datetime) -> dict[int, list[tuple[int, date]]]:
    """By cohort: whose response, and the day it is due, of all whose day is near."""
    rows = waiting_anywhere().values_list(
        "place__attempt__link__enrolment__cohort", "place__attempt__learner", "received_at"
    )
    found = list(rows)
    cohorts = Cohort.objects.in_bulk({cohort for cohort, _learner, _at in found})
    due: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for pk, learner, received_at in found:
        day = answer_by(cohorts[pk], received_at)
        if day <= cohorts[pk].today(now) + AHEAD:
            due[pk].append((learner, day))
    return dict(due)
