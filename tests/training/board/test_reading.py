"""A board read from the database: every cell as it is, and no more statements for many than for few."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.marking import return_for_revision
from enrolments.attempts import begin_attempt
from enrolments.coming import not_come_count
from enrolments.invitations import invite
from enrolments.models import Cohort, Enrolment, PlannedDate
from enrolments.progress import note_seen
from enrolments.states import change_state
from people.models import User
from tests.assessments.writing import hand_in_words, mark_best, response_of
from tests.enrolments.doings import complete, handed_in, read, sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, organisation, person, taught_course, written_quiz
from tests.factories.live import live_activity
from training.board.reading import Board, board_of
from training.choices import CellState, Reason

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DONE, WAITING, DOING, FAILED, NEXT, OPEN = CellState
LATER = NOON + 3 * DAY


def _cells(group: Cohort, *, at: datetime = LATER) -> dict[str, tuple[CellState, ...]]:
    return {row.name: row.cells for row in board_of(group, at=at).rows}


def _learner(name: str, group: Cohort) -> Enrolment:
    return enrolment(person(name, last_login=NOON), group)


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


def test_columns_are_the_published_activities_in_order(taught: TaughtCourse) -> None:
    group = cohort(taught.course)
    taught.lessons[1].unpublish()

    columns = board_of(group, at=NOON).columns

    assert [(one.module, one.number, one.title, one.is_quiz) for one in columns] == [
        (1, 1, "Lesson 1", False), (1, 2, "Module 1 quiz", True),
    ]  # fmt: skip


def test_each_state_of_a_cell(taught: TaughtCourse) -> None:
    group = cohort(taught.course)
    runs = {name: _learner(name, group) for name in ("none", "seen", "read", "writing", "failed", "waiting", "all")}
    note_seen(runs["seen"], taught.lessons[0].activity, digest="", at=NOON)
    read(runs["read"], taught.lessons[0])
    begin_attempt(runs["writing"], taught.assessment, language="en", at=NOON)
    sit(runs["failed"], taught, right=2)
    handed_in(runs["waiting"], taught, right=8)  # scored, and not taken into the progress yet
    complete(runs["all"], taught)

    assert _cells(group) == {
        "none": (NEXT, OPEN, OPEN),
        "seen": (DOING, OPEN, OPEN),
        "read": (DONE, NEXT, OPEN),
        "writing": (NEXT, OPEN, DOING),
        "failed": (NEXT, OPEN, FAILED),
        "waiting": (NEXT, OPEN, DONE),
        "all": (DONE, DONE, DONE),
    }


def test_failed_quiz_being_tried_again_is_under_way_and_once_passed_is_done(taught: TaughtCourse) -> None:
    group = cohort(taught.course)
    run = _learner("Amy", group)
    sit(run, taught, right=2)
    begin_attempt(run, taught.assessment, language="en", at=NOON + DAY)
    again = _cells(group)["Amy"][2]
    other = _learner("Ben", group)
    sit(other, taught, right=2)
    sit(other, taught, right=8, at=NOON + DAY)

    assert (again, _cells(group)["Ben"][2]) == (DOING, DONE)


def test_cell_waits_for_a_marker_until_it_is_marked_or_given_back(taught: TaughtCourse) -> None:
    written_quiz(taught)
    group, beth = cohort(taught.course), person("Beth Marks")
    runs = {name: _learner(name, group) for name in ("waits", "marked", "back")}
    handed = {name: response_of(hand_in_words(run, taught, f"By {name}.")) for name, run in runs.items()}
    mark_best(handed["marked"], beth)
    return_for_revision(handed["back"], comment="Again?", due_on=LATER.date(), by=beth, at=NOON)

    rows = {row.name: (row.cells[-1], row.waits) for row in board_of(group, at=LATER).rows}

    assert rows == {"waits": (WAITING, True), "marked": (DONE, False), "back": (DOING, False)}


def test_what_comes_after_what_waits_for_a_marker_is_next(taught: TaughtCourse) -> None:
    written_quiz(taught)
    live_activity(taught.course)
    group = cohort(taught.course)
    run = _learner("waits", group)
    read(run, *taught.lessons)
    hand_in_words(run, taught, "She was told.")

    assert _cells(group)["waits"] == (DONE, DONE, WAITING, NEXT)


def test_what_waits_for_a_marker_is_not_what_somebody_has_not_done_in_time(taught: TaughtCourse) -> None:
    written_quiz(taught)
    group = cohort(taught.course)
    for name in ("waits", "reads"):
        note_seen(_learner(name, group), taught.lessons[0].activity, digest="", at=NOON)
    hand_in_words(Enrolment.objects.get(learner__name="waits"), taught, "She was told.")
    PlannedDate.objects.create(cohort=group, activity=taught.assessment.activity, due_on=NOON.date())

    rows = board_of(group, at=NOON + 30 * DAY).rows

    assert {row.name: row.need is None for row in rows} == {"waits": True, "reads": False}


@pytest.mark.parametrize(("allowed", "is_stuck"), [(2, False), (1, True), (None, False)])
def test_attempts_allowed_are_the_cohorts_own_where_it_has_some(
    taught: TaughtCourse, allowed: int | None, is_stuck: bool
) -> None:
    group = cohort(taught.course, own_attempt_rules=True, attempts_allowed=allowed)
    sit(_learner("Amy", group), taught, right=2)

    need = board_of(group, at=LATER).rows[0].need

    assert (need and need.reason) == (Reason.NO_TRIES_LEFT if is_stuck else None)


def test_withdrawn_and_blanked_people_and_other_cohorts_stand_nowhere(taught: TaughtCourse) -> None:
    group, other = cohort(taught.course), cohort(taught.course, "Other")
    gone, blanked = _learner("Gone", group), _learner("Blanked", group)
    change_state(gone, "withdrawn", at=NOON)
    User.objects.filter(pk=blanked.learner_id).update(blanked_at=NOON, email=None, is_active=False)
    _learner("Elsewhere", other)
    _learner("Here", group)

    assert list(_cells(group)) == ["Here"]


def test_last_day_is_of_the_latest_thing_done_in_the_cohorts_time_zone(taught: TaughtCourse) -> None:
    group = cohort(taught.course, time_zone="Pacific/Auckland")
    run = _learner("Amy", group)
    read(run, taught.lessons[0], at=NOON + 2 * DAY)
    note_seen(run, taught.lessons[0].activity, digest="", at=NOON + 5 * DAY)

    [row] = board_of(group, at=NOON + 6 * DAY).rows

    assert row.last_on == (NOON + 5 * DAY + timedelta(hours=12)).date()  # there it is the next day already
    assert row.done_count == 1


def test_quiet_days_are_a_setting(taught: TaughtCourse, settings: object) -> None:
    group = cohort(taught.course)
    read(_learner("Amy", group), taught.lessons[0])

    def reasons(days: int) -> list[Reason]:
        settings.QUIET_DAYS = days  # type: ignore[attr-defined]
        return [row.need.reason for row in board_of(group, at=LATER).in_need if row.need]

    assert (reasons(4), reasons(3)) == ([], [Reason.QUIET])


def test_one_learner_of_a_cohort_is_read_alone(taught: TaughtCourse) -> None:
    group = cohort(taught.course)
    run = enrolment(person("Amy", last_login=NOON), group, booked_by=organisation("Council"))
    _learner("Ben", group)

    board = board_of(group, at=NOON, only=run)

    assert [(row.name, row.employer) for row in board.rows] == [("Amy", "Council")]


def test_board_of_many_takes_as_many_statements_as_of_one(taught: TaughtCourse) -> None:
    group = cohort(taught.course)
    complete(_learner("Amy", group), taught)

    def counted() -> tuple[int, Board]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            board = board_of(group, at=LATER)
        return len(asked), board

    counted()  # what is kept of the course is kept from here on
    one, _board = counted()
    for number in range(5):
        sit(_learner(f"Ben {number}", group), taught, right=number)
    six, board = counted()

    assert (one, len(board.rows)) == (six, 6)
    assert six <= 9


def test_somebody_booked_by_a_list_who_has_not_come_stands_nowhere_and_is_counted_with_the_invited(
    taught: TaughtCourse,
) -> None:
    group, council = cohort(taught.course), organisation("Council")
    enrolment(person("Nia New"), group, booked_by=council)
    read(enrolment(person("Ola Old"), group, booked_by=council), taught.lessons[0])
    invite(group, organisation=council, email="sam@b.example", expires_at=LATER, at=NOON)
    invite(group, organisation=council, max_uses=9, expires_at=LATER, at=NOON)

    names = list(_cells(group))

    assert (names, not_come_count(group, on=NOON.date())) == (["Ola Old"], 2)
