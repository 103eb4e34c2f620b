"""A learner's live sessions: their dates, their own attendance and nobody else's, a file for each."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from enrolments.attendance import enter_attendance
from enrolments.models import Cohort, Enrolment, LiveSession
from enrolments.states import change_state
from tests.factories import Cast, TaughtCourse, cohort, enrolment, people, taught_course, trainer
from tests.factories.live import live_activity, live_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def cast() -> Cast:
    return people()


@pytest.fixture
def group(taught: TaughtCourse, cast: Cast) -> Cohort:
    made = cohort(taught.course)
    trainer(cast.beth, made)
    return made


@pytest.fixture
def run(client: Client, group: Cohort, cast: Cast) -> Enrolment:
    client.force_login(cast.amina)
    return enrolment(cast.amina, group)


def _session(group: Cohort, days: int, **fields: object) -> LiveSession:
    starts = timezone.now() + timedelta(days=days)
    return live_session(group, **{"starts_at": starts, "ends_at": starts + timedelta(hours=2), **fields})


def _calendar(session: LiveSession) -> str:
    return f"/live/{session.uuid}/session.ics"


def test_my_learning_and_the_course_page_show_the_next_session_with_its_file(
    client: Client, taught: TaughtCourse, group: Cohort, run: Enrolment
) -> None:
    _session(group, 9, title="Later")
    soon = _session(group, 3, title="Soon", link="https://meet.example/soon")
    _session(group, 1, title="Off", cancelled_at=timezone.now())
    _session(group, -1, title="Gone")

    pages = [client.get(address).content.decode() for address in ("/my-learning/", taught.course_page.url)]
    client.logout()
    visitor = client.get(taught.course_page.url).content.decode()

    for page in pages:
        assert [words for words in ("Later", "Off", "Gone") if f">{words}<" in page] == []
        assert f'href="{_calendar(soon)}"' in page
        assert ">Soon<" in page
        assert 'href="https://meet.example/soon"' in page
        assert f'href="/live/{run.uuid}/"' in page
    assert "Soon" not in visitor


def test_learner_sees_their_own_attendance_and_nobody_elses(
    client: Client, group: Cohort, run: Enrolment, cast: Cast, taught: TaughtCourse
) -> None:
    activity = live_activity(taught.course)
    past, now = _session(group, -2, title="Past", activity=activity), timezone.now()
    other = enrolment(cast.lena, group, at=now)
    enter_attendance(past, run, "present", seen=0, by=cast.beth, at=now)
    enter_attendance(past, other, "excused", seen=0, by=cast.beth, at=now)

    page = client.get(f"/live/{run.uuid}/").content.decode()

    assert "<strong>Present</strong> · counts as “Live day 1”" in page
    assert "Excused" not in page
    assert client.get(f"/live/{other.uuid}/").status_code == 404


def test_nothing_planned_is_said(client: Client, run: Enrolment) -> None:
    assert "Nothing is planned yet." in client.get(f"/live/{run.uuid}/").content.decode()


def test_calendar_file_is_for_whoever_is_booked_and_whoever_trains(
    client: Client, group: Cohort, run: Enrolment, cast: Cast
) -> None:
    session = _session(group, 3, title="A day / with signs")
    mine = client.get(_calendar(session))
    answers = {"amina": mine.status_code}
    for name in ("beth", "carol", "lena"):
        client.force_login(getattr(cast, name))
        answers[name] = client.get(_calendar(session)).status_code
    change_state(run, "withdrawn", at=timezone.now())
    client.force_login(cast.amina)
    answers["withdrawn"] = client.get(_calendar(session)).status_code

    assert answers == {"amina": 200, "beth": 200, "carol": 404, "lena": 404, "withdrawn": 404}
    assert mine["Content-Type"] == "text/calendar; charset=utf-8"
    assert mine["Content-Disposition"] == f'attachment; filename="a-day-with-signs-{session.on}.ics"'
    assert str(Calendar.from_ical(mine.content).events[0]["URL"]).endswith(f"/live/{run.uuid}/")


def test_live_session_of_a_module_stands_in_its_outline_and_leads_to_the_cohorts_dates(
    client: Client, taught: TaughtCourse, run: Enrolment, cast: Cast
) -> None:
    activity = live_activity(taught.course, "Live day 1", module=taught.module)

    lesson = client.get(taught.lessons[0].url).content.decode()
    address = f"/learn/{activity.uuid}/live/"

    assert f'href="{address}"' in lesson
    assert "Live session" in lesson
    assert client.get(address)["Location"] == f"/live/{run.uuid}/"
    client.force_login(cast.carol)
    assert client.get(address).status_code == 404
