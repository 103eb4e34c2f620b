"""A trainer moves a learner on leave, back, off the course: once, kept, told in the learner's language."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from assessments.attempts import finish_attempt
from audit.models import AuditEntry
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from enrolments.moving import changes_so_far, move_learner, open_moves
from enrolments.progress import record_attempt
from people.models import User
from post.models import Message
from tests.enrolments.doings import answer, read
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def run(taught: TaughtCourse) -> Enrolment:
    """Amina's, who has read one lesson."""
    made = enrolment(people().amina, cohort(taught.course, "Autumn"))
    read(made, taught.lessons[0])
    return Enrolment.objects.get(pk=made.pk)


def _move(run: Enrolment, move: str, **fields: Any) -> bool:
    given = {"seen": changes_so_far(run), "at": NOON + DAY, "by": User.objects.get(name="Beth Okafor"), **fields}
    return move_learner(run, move, **given)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("booked", ["end"]), ("active", ["leave", "end"]), ("on_leave", ["back", "end"]),
        ("completed", []), ("withdrawn", []),
    ],
)  # fmt: skip
def test_moves_that_make_sense_in_each_state_and_no_others(state: str, moves: list[str], run: Enrolment) -> None:
    Enrolment.objects.filter(pk=run.pk).update(state=state)

    done = {move for move in ("leave", "back", "end") if move not in moves and _move(run, move, why="Why")}

    run.refresh_from_db()
    assert (open_moves(state), done, run.state, Message.objects.count()) == (moves, set(), state, 0)


def test_each_move_is_kept_with_who_and_why_audited_and_told(run: Enrolment) -> None:
    beth = User.objects.get(name="Beth Okafor")

    moved = [_move(run, "leave"), _move(run, "back"), _move(run, "end", why="She changes her post in May.")]

    run.refresh_from_db()
    assert (moved, run.state, run.withdrawn_at) == ([True] * 3, "withdrawn", NOON + DAY)
    assert list(run.changes.values_list("to_state", "by", "why"))[-3:] == [
        ("on_leave", beth.pk, ""), ("active", beth.pk, ""), ("withdrawn", beth.pk, "She changes her post in May."),
    ]  # fmt: skip
    acts = AuditEntry.objects.filter(act="enrolment_changed", actor=beth).order_by("pk")
    assert [entry.facts["to"] for entry in acts] == ["on_leave", "active", "withdrawn"]
    letters = list(Message.objects.order_by("pk"))
    assert [(letter.person, letter.subject) for letter in letters] == [
        (run.learner, "You are on leave: Autumn"), (run.learner, "You are back from leave: Autumn"),
        (run.learner, "Your course has ended: Autumn"),
    ]  # fmt: skip
    assert ["She changes her post in May." in letter.text for letter in letters] == [False, False, True]
    assert [letter.text.rstrip().rpartition("testserver")[2] for letter in letters] == [
        "/my-learning/", "/my-learning/", "/my-learning/record/",
    ]  # fmt: skip


def test_learner_is_told_in_their_own_language(run: Enrolment) -> None:
    User.objects.filter(pk=run.learner_id).update(language="cy")

    _move(run, "leave")

    letter = Message.objects.get()
    assert (letter.language, "/cy/my-learning/" in letter.text) == ("cy", True)


def test_second_click_and_a_page_that_is_out_of_date_do_nothing_and_tell_nobody(run: Enrolment) -> None:
    seen = changes_so_far(run)
    first = _move(run, "leave", seen=seen)
    again = _move(run, "leave", seen=seen)
    _move(run, "back")

    late = [_move(run, move, seen=seen, why="Why") for move in ("leave", "end")]

    run.refresh_from_db()
    assert (first, again, late, run.state) == (True, False, [False, False], "active")
    assert (Message.objects.count(), run.changes.count()) == (2, seen + 2)


def test_whoever_did_the_last_of_it_on_leave_has_completed_the_course_once_back(
    taught: TaughtCourse, run: Enrolment
) -> None:
    attempt = begin_attempt(run, taught.assessment, language="en", at=NOON)
    _move(run, "leave")
    answer(attempt, right=8)
    record_attempt(finish_attempt(attempt, at=NOON + DAY))
    read(run, *taught.lessons)
    run.refresh_from_db()
    on_leave = run.state

    _move(run, "back")

    run.refresh_from_db()
    assert (on_leave, run.state) == ("on_leave", "completed")


def test_nothing_is_half_written_where_the_letter_cannot_be_written(run: Enrolment) -> None:
    seen = changes_so_far(run)

    def full(execute: Any, sql: str, *rest: Any) -> Any:
        if 'INTO "post_message"' in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        _move(run, "end", why="Why")

    run.refresh_from_db()
    assert (run.state, changes_so_far(run)) == ("active", seen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(2))
def test_two_trainers_at_once_make_one_move(run: Enrolment, _round: int) -> None:
    seen, ready = changes_so_far(run), threading.Barrier(2)
    made: list[bool] = []

    def press(**fields: Any) -> Callable[[], None]:
        def pressed() -> None:
            ready.wait()
            try:
                made.append(_move(run, seen=seen, **fields))
            finally:
                connections.close_all()

        return pressed

    workers = [threading.Thread(target=press(move=move, why="Why")) for move in ("leave", "end")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (sorted(made), changes_so_far(run), Message.objects.count()) == ([False, True], seen + 1, 1)
