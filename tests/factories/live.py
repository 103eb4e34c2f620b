"""Live sessions of a cohort, and the activity of the course that they serve."""

from datetime import timedelta
from typing import Any

from courses.choices import ActivityKind
from courses.models import Activity, Course, Module
from enrolments.models import Cohort, LiveSession
from tests.factories.people import NOON


def live_activity(course: Course, title: str = "Live day 1", *, module: Module | None = None) -> Activity:
    """A live session of the course: of the whole course where no module is given."""
    kind, last = ActivityKind.LIVE_SESSION, course.activities.count()
    return Activity.objects.create(kind=kind, course=course, module=module, position=last + 100, titles={"en": title})


def live_session(group: Cohort, activity: Activity | None = None, **fields: Any) -> LiveSession:
    """From 10:00 to 16:00 (UTC) on the day of NOON, at a table in Larchmere."""
    given = {
        "title": "First day together",
        "starts_at": NOON - timedelta(hours=2),
        "ends_at": NOON + timedelta(hours=4),
        "place": "Town Hall, room 2",
        "changed_at": NOON - timedelta(days=9),
        **fields,
    }
    return LiveSession.objects.create(cohort=group, activity=activity, **given)
