"""A cohort that Beth trains, with Amina in it, and the pages of its live sessions."""

from dataclasses import dataclass
from datetime import timedelta

from courses.models import Activity
from enrolments.models import Cohort, Enrolment, LiveSession
from people.models import User
from tests.factories import NOON, Cast, cohort, enrolment, people, taught_course, trainer
from tests.factories.live import live_activity, live_session


@dataclass
class Room:
    """Everything `room` made; the session is on the day of NOON and counts as `activity`."""

    cast: Cast
    group: Cohort
    activity: Activity
    session: LiveSession
    run: Enrolment

    def url(self, page: str = "") -> str:
        return f"/cohort/{self.group.uuid}/live/{page}"

    def of_session(self, page: str = "") -> str:
        return self.url(f"{self.session.uuid}/{page}")


def room(**fields: object) -> Room:
    taught, cast = taught_course(), people()
    User.objects.update(last_login=NOON)
    group = cohort(taught.course)
    trainer(cast.beth, group)
    activity = live_activity(taught.course)
    session = live_session(group, activity, **fields)
    return Room(cast, group, activity, session, enrolment(cast.amina, group, at=NOON - timedelta(days=9)))
