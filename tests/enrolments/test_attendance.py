"""The register: an entry counts at once, corrections are further rows, and nobody writes over somebody else."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.management import call_command

from audit.models import AuditEntry
from courses.models import Activity
from enrolments.attendance import EnteredMeanwhile, RegisterClosed, enter_attendance, enter_present
from enrolments.live_sessions import on_register, waiting_registers
from enrolments.models import Attendance, Cohort, Enrolment, LiveSession, PinnedSet, Progress
from enrolments.personal import _old_attendance
from enrolments.states import change_state
from people.models import User
from tests.enrolments.doings import percent_of
from tests.enrolments.test_places_at_once import all_at_once
from tests.factories import NOON, Cast, cohort, enrolment, people, person, sealed_set, taught_course, trainer
from tests.factories.live import live_activity, live_session

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = NOON + 5 * HOUR  # the session ended an hour ago


@dataclass
class Room:
    """A cohort of Amina's that Beth and Carol train, with a session of an activity that a set of its own asks for."""

    cast: Cast
    group: Cohort
    activity: Activity
    session: LiveSession
    run: Enrolment

    @property
    def row(self) -> Progress | None:
        return Progress.objects.filter(enrolment=self.run, activity=self.activity).first()

    def enter(self, state: str, *, seen: int = 0, by: User | None = None, at=AFTER) -> Attendance:
        return enter_attendance(self.session, self.run, state, seen=seen, by=by or self.cast.beth, at=at)


@pytest.fixture
def room() -> Room:
    taught, cast = taught_course(), people()
    activity = live_activity(taught.course)
    sealed_set(taught.course, [activity, taught.lessons[0].activity], key="live")
    User.objects.update(last_login=NOON - DAY)
    group = cohort(taught.course)
    trainer(cast.beth, group)
    trainer(cast.carol, group)
    return Room(cast, group, activity, live_session(group, activity), enrolment(cast.amina, group, at=NOON - 9 * DAY))


def test_present_completes_the_activity_and_moves_the_percentage(room: Room) -> None:
    room.enter("present")

    row = room.row
    assert row
    assert (row.state, row.completed_at, row.last_seen_at) == ("completed", NOON + 4 * HOUR, NOON + 4 * HOUR)
    assert percent_of(room.run) == {"module-1": 0, "live": 50}
    room.run.refresh_from_db()
    assert room.run.state == "active"  # whoever was there has begun
    entry = AuditEntry.objects.get(act="attendance_entered")
    assert (entry.actor, entry.person, entry.facts) == (room.cast.beth, room.cast.amina, {"state": "present"})


def test_entry_made_while_the_session_runs_counts_from_that_moment(room: Room) -> None:
    room.enter("present", at=NOON)

    assert room.row
    assert room.row.completed_at == NOON


@pytest.mark.parametrize(("state", "row_state"), [("part", "seen"), ("excused", None), ("absent", None)])
def test_anything_but_present_counts_for_nothing(room: Room, state: str, row_state: str | None) -> None:
    room.enter(state)

    assert (room.row and room.row.state) == row_state
    assert percent_of(room.run) == {"module-1": 0, "live": 0}


def test_correction_is_a_further_row_and_takes_back_what_followed(room: Room) -> None:
    room.enter("present")
    room.enter("absent", seen=1, by=room.cast.carol, at=AFTER + HOUR)

    told = Attendance.objects.order_by("number").values_list("number", "state", "by__name", "at")
    assert list(told) == [
        (1, "present", "Beth Okafor", AFTER), (2, "absent", "Carol Hughes", AFTER + HOUR)
    ]  # fmt: skip
    assert room.row is None
    assert percent_of(room.run) == {"module-1": 0, "live": 0}


def test_what_stands_already_adds_nothing_however_old_the_page(room: Room) -> None:
    first = room.enter("present")

    assert room.enter("present", by=room.cast.carol) == first
    assert Attendance.objects.count() == 1


def test_page_from_before_a_colleagues_entry_is_told_of_it_and_writes_nothing(room: Room) -> None:
    room.enter("absent", by=room.cast.carol)

    with pytest.raises(EnteredMeanwhile) as meanwhile:
        room.enter("present")

    assert meanwhile.value.entry == Attendance.objects.get()
    assert meanwhile.value.entry.by == room.cast.carol


def test_second_date_of_the_same_activity_makes_up_for_the_first(room: Room) -> None:
    room.enter("excused")
    again = live_session(
        room.group, room.activity, title="The same again", starts_at=NOON + 2 * DAY, ends_at=NOON + 3 * DAY
    )

    enter_attendance(again, room.run, "present", seen=0, by=room.cast.beth, at=NOON + 3 * DAY)

    assert room.row
    assert room.row.completed_at == NOON + 3 * DAY
    assert percent_of(room.run)["live"] == 50


def test_session_beside_the_course_is_entered_and_counts_for_nothing(room: Room) -> None:
    beside = live_session(room.group, title="An evening of questions")

    enter_attendance(beside, room.run, "present", seen=0, by=room.cast.beth, at=AFTER)

    assert (Attendance.objects.count(), Progress.objects.count()) == (1, 0)
    room.run.refresh_from_db()
    assert room.run.state == "booked"


@pytest.mark.parametrize("at", [NOON - 13 * HOUR, NOON - 3 * DAY])
def test_register_is_closed_before_its_day(room: Room, at) -> None:
    with pytest.raises(RegisterClosed):
        room.enter("present", at=at)


def test_register_opens_on_its_day_by_the_cohorts_clock_and_not_when_cancelled(room: Room) -> None:
    room.enter("part", at=NOON - 12 * HOUR)  # midnight in London

    LiveSession.objects.update(cancelled_at=NOON)
    with pytest.raises(RegisterClosed):
        room.enter("present", seen=1)


def test_rebuild_makes_rows_and_takes_away_those_no_register_knows(room: Room) -> None:
    room.enter("present")
    other = enrolment(person("Bea Bold", last_login=NOON), room.group, at=NOON - 9 * DAY)
    Progress.objects.create(enrolment=other, activity=room.activity, first_seen_at=NOON, last_seen_at=NOON)
    kept = Progress.objects.filter(enrolment=room.run).values().get()
    Progress.objects.filter(enrolment=room.run).delete()
    PinnedSet.objects.update(done_count=9, percent=99)

    call_command("rebuild_progress")

    made = Progress.objects.values().get()
    assert {**made, "id": 0} == {**kept, "id": 0}
    assert (percent_of(room.run)["live"], percent_of(other)["live"]) == (50, 0)


def test_old_registers_go_and_completion_stays_through_a_rebuild(room: Room) -> None:
    room.enter("present")
    change_state(room.run, "withdrawn", at=NOON + DAY)

    assert _old_attendance(NOON + 9 * DAY, NOON + 9 * DAY, frozenset({room.cast.amina.pk})) == 0
    assert _old_attendance(NOON + 9 * DAY, NOON + 9 * DAY, frozenset()) == 1
    call_command("rebuild_progress")

    assert room.row
    assert (room.row.state, room.row.completed_at) == ("completed", NOON + 4 * HOUR)


def test_everybody_else_present_leaves_what_is_entered_and_counts_what_is_new(room: Room) -> None:
    others = [enrolment(person(f"Person {one}", last_login=NOON), room.group, at=NOON - 9 * DAY) for one in "abc"]
    enter_attendance(room.session, others[0], "absent", seen=0, by=room.cast.carol, at=AFTER)

    count = enter_present(room.session, [room.run, *others], by=room.cast.beth, at=AFTER + HOUR)

    assert count == 3
    assert sorted(Attendance.objects.standing().values_list("state", flat=True)) == ["absent"] + ["present"] * 3


def test_register_lists_whoever_came_was_booked_in_time_and_has_not_left(room: Room) -> None:
    late, left = (
        enrolment(person(name, last_login=NOON), room.group, at=at) for name, at in (("L", AFTER), ("F", NOON))
    )
    change_state(left, "withdrawn", at=NOON)
    enrolment(person("Never Came"), room.group, at=NOON)

    assert list(on_register(room.session)) == [room.run]
    assert late.state == "booked"


def test_register_waits_until_everybody_expected_is_entered(room: Room) -> None:
    on_leave = enrolment(person("On Leave", last_login=NOON), room.group, at=NOON - 9 * DAY)
    for state in ("active", "on_leave"):
        change_state(on_leave, state, at=NOON)
    live_session(room.group, title="Cancelled", cancelled_at=NOON)
    live_session(room.group, title="Ahead", starts_at=AFTER + DAY, ends_at=AFTER + 2 * DAY)

    before = waiting_registers(room.group, at=AFTER)
    early = waiting_registers(room.group, at=NOON - 3 * HOUR)
    room.enter("absent")

    assert (before, early, waiting_registers(room.group, at=AFTER)) == ([room.session], [], [])


@pytest.mark.django_db(transaction=True)
def test_two_trainers_at_once_make_one_entry_and_one_is_told() -> None:
    taught, cast = taught_course(), people()
    User.objects.update(last_login=NOON)
    group = cohort(taught.course)
    session = live_session(group, live_activity(taught.course))
    runs = [enrolment(cast.amina, group), enrolment(cast.lena, group)]

    def tap(run: Enrolment, state: str, by: User):
        return lambda: enter_attendance(session, run, state, seen=0, by=by, at=AFTER)

    came_of_it = all_at_once(
        *(tap(run, state, by) for run in runs for state, by in (("present", cast.beth), ("absent", cast.carol)))
    )

    assert came_of_it == ["EnteredMeanwhile"] * 2 + ["done"] * 2
    assert sorted(Attendance.objects.values_list("number", flat=True)) == [1, 1]
