"""Planning, changing and cancelling: who is told what, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.models import Activity
from enrolments.attendance import enter_attendance
from enrolments.live_sessions import SessionRefused, cancel_session, change_session, plan_session
from enrolments.live_words import times_in_words
from enrolments.models import Cohort, LiveSession
from enrolments.states import change_state
from post.models import Message
from tests.factories import NOON, Cast, cohort, enrolment, people, person, taught_course
from tests.factories.live import live_activity, live_session

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = NOON - DAY


@pytest.fixture
def cast() -> Cast:
    return people()


@pytest.fixture
def group() -> Cohort:
    return cohort(taught_course().course)


def test_session_planned_twice_by_a_second_click_is_refused_in_words(group: Cohort, cast: Cast) -> None:
    fields = {"title": "Day 1", "starts_at": NOON, "ends_at": NOON + HOUR}
    plan_session(group, by=cast.beth, at=BEFORE, **fields)

    with pytest.raises(SessionRefused, match="planned for this time already"):
        plan_session(group, by=cast.beth, at=BEFORE, **fields)

    assert LiveSession.objects.count() == 1
    assert Message.objects.count() == 0


def test_new_time_is_told_to_everybody_booked_in_their_language_and_time_zone(group: Cohort, cast: Cast) -> None:
    session = live_session(group)
    abroad = person("Ceri Tokyo", language="cy", time_zone="Asia/Tokyo")
    for one in (cast.amina, abroad, cast.lena):
        enrolment(one, group, at=NOON - 9 * DAY)
    change_state(group.enrolments.get(learner=cast.lena), "withdrawn", at=BEFORE)

    moved = change_session(
        session, seen=0, by=cast.beth, at=BEFORE, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR
    )

    assert moved.sequence == 1
    assert set(Message.objects.values_list("person__name", "language")) == {
        ("Amina Rahman", "en"),
        ("Ceri Tokyo", "cy"),
    }
    mine = Message.objects.get(person=cast.amina)
    assert mine.subject == "Changed: First day together, Sunday 22 November 2026"
    assert "now on Sunday 22 November 2026, 11:00 to 17:00." in mine.text
    assert "20:00" in Message.objects.get(person=abroad).text  # eleven in London


@pytest.mark.parametrize("fields", [{"plan": "Welcome (10)"}, {"activity": None}])
def test_what_no_calendar_shows_is_changed_without_a_letter(group: Cohort, cast: Cast, fields: dict) -> None:
    enrolment(cast.amina, group)
    session = live_session(group, live_activity(group.course))

    change_session(session, seen=0, by=cast.beth, at=BEFORE, **fields)

    assert Message.objects.count() == 0


def test_change_from_a_page_that_has_not_seen_the_last_one_is_refused(group: Cohort, cast: Cast) -> None:
    session = live_session(group)
    change_session(session, seen=0, by=cast.beth, at=BEFORE, place="Room 3")

    with pytest.raises(SessionRefused, match="Somebody changed this session"):
        change_session(session, seen=0, by=cast.carol, at=BEFORE, place="Room 4")

    session.refresh_from_db()
    assert session.place == "Room 3"


def test_session_with_a_register_keeps_its_time_and_is_not_cancelled(group: Cohort, cast: Cast) -> None:
    activity: Activity = live_activity(group.course)
    session = live_session(group, activity)
    enter_attendance(session, enrolment(cast.amina, group), "absent", seen=0, by=cast.beth, at=NOON)

    for fields in ({"starts_at": NOON}, {"activity": None}):
        with pytest.raises(SessionRefused, match="register has been begun"):
            change_session(session, seen=0, by=cast.beth, at=NOON, **fields)
    with pytest.raises(SessionRefused, match="register has been begun"):
        cancel_session(session, by=cast.beth, at=NOON)
    change_session(
        session, seen=0, by=cast.beth, at=NOON, title="Day 1", starts_at=session.starts_at, activity=activity
    )

    session.refresh_from_db()
    assert (session.title, session.cancelled_at) == ("Day 1", None)


def test_cancelling_twice_tells_everybody_once(group: Cohort, cast: Cast) -> None:
    enrolment(cast.amina, group)
    session = live_session(group)

    for at in (BEFORE, BEFORE + HOUR):
        cancel_session(session, by=cast.beth, at=at)

    session.refresh_from_db()
    assert (session.cancelled_at, session.sequence) == (BEFORE, 1)
    letter = Message.objects.get()
    assert (letter.person, letter.subject) == (cast.amina, "Cancelled: First day together, Sunday 22 November 2026")
    with pytest.raises(SessionRefused, match="was cancelled"):
        change_session(session, seen=1, by=cast.beth, at=BEFORE, place="Room 3")


def test_nobody_is_told_of_what_is_past(group: Cohort, cast: Cast) -> None:
    enrolment(cast.amina, group)
    session, other = live_session(group), live_session(group, title="Another")

    cancel_session(session, by=cast.beth, at=NOON + 5 * HOUR)
    change_session(other, seen=0, by=cast.beth, at=NOON + 5 * HOUR, place="Room 3")

    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "10:00 to 16:00"),
        ("Europe/Lisbon", "10:00 to 16:00"),  # another zone whose clocks show the same
        ("Asia/Tokyo", "10:00 to 16:00 (London), which is 19:00 to 01:00 (Tokyo)"),
        ("Pacific/Auckland", "10:00 to 16:00 (London), which is 23:00 to 05:00 (Auckland)"),
        ("Pacific/Kiritimati", "10:00 to 16:00 (London), which is 23 November, 00:00 to 06:00 (Kiritimati)"),
    ],
)
def test_times_are_told_by_the_cohorts_clock_and_the_readers_where_they_differ(
    group: Cohort, zone: str, words: str
) -> None:
    session = live_session(
        group, starts_at=datetime(2026, 11, 22, 10, tzinfo=UTC), ends_at=datetime(2026, 11, 22, 16, tzinfo=UTC)
    )

    assert times_in_words(session, ZoneInfo(zone)) == words
