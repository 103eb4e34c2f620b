"""A calendar file read back by the library: one UID for good, a rising sequence, the right moment with DST."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from enrolments.calendar_files import calendar_file
from enrolments.live_sessions import cancel_session, change_session
from enrolments.models import LiveSession
from tests.factories import NOON, cohort, people, taught_course, trainer
from tests.factories.live import live_session

pytestmark = pytest.mark.django_db
PAGE = "https://learning.example/live/1/"


def event_of(session: LiveSession):
    return Calendar.from_ical(calendar_file(session, address=PAGE)).events[0]


def test_file_says_what_when_and_where_and_gives_nobodys_address() -> None:
    cast, group = people(), cohort(taught_course().course)
    trainer(cast.beth, group)
    session = live_session(group, link="https://meet.example/day-1", title="Day 1; with commas, and\nlines")

    written = calendar_file(session, address=PAGE)
    event = event_of(session)

    assert str(event["SUMMARY"]) == "Day 1; with commas, and\nlines"
    assert (str(event["LOCATION"]), str(event["URL"]), str(event["STATUS"])) == ("Town Hall, room 2", PAGE, "CONFIRMED")
    assert str(event["DESCRIPTION"]) == f"Autumn cohort\nhttps://meet.example/day-1\n{PAGE}"
    assert b"ORGANIZER" not in written
    assert b"ATTENDEE" not in written
    assert b"mailto" not in written.lower()
    assert [word for word in written.decode().split() if "@" in word] == [
        f"UID:{session.uuid}@learning-together.invalid"
    ]


def test_uid_stays_and_sequence_rises_with_each_change_and_the_cancelling() -> None:
    cast, session = people(), live_session(cohort(taught_course().course))
    files = [event_of(session)]

    session = change_session(session, seen=0, by=cast.beth, at=NOON - timedelta(days=2), place="Room 3")
    files.append(event_of(session))
    session = cancel_session(session, by=cast.beth, at=NOON - timedelta(days=1))
    files.append(event_of(session))

    assert len({str(one["UID"]) for one in files}) == 1
    assert [int(one["SEQUENCE"]) for one in files] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in files] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [one["DTSTAMP"].dt for one in files][1:] == [NOON - timedelta(days=2), NOON - timedelta(days=1)]


@pytest.mark.parametrize(
    ("at", "clock"),
    [
        (datetime(2026, 10, 24, 9, tzinfo=UTC), "20261024T100000"),  # the last day of summer time
        (datetime(2026, 10, 26, 9, tzinfo=UTC), "20261026T090000"),
        (datetime(2027, 3, 27, 9, tzinfo=UTC), "20270327T090000"),
        (datetime(2027, 3, 28, 9, tzinfo=UTC), "20270328T100000"),  # the clocks went forward that night
    ],
)
def test_moment_is_the_same_in_a_calendar_on_either_side_of_a_change_of_the_clocks(at: datetime, clock: str) -> None:
    session = live_session(cohort(taught_course().course), starts_at=at, ends_at=at + timedelta(hours=1))

    written = calendar_file(session, address=PAGE).decode()

    assert f"DTSTART;TZID=Europe/London:{clock}" in written
    assert "BEGIN:VTIMEZONE" in written
    assert "TZID:Europe/London" in written
    assert event_of(session).start.astimezone(UTC) == at
