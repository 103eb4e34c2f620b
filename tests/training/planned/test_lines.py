"""The numbers behind the drawing: how many have done each part, and who has done all that is due."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from training.board.reading import Board, Column, Row
from training.choices import CellState
from training.planned.drawing import drawing_of, in_words
from training.planned.lines import against_plan

TODAY, DAY = date(2026, 10, 1), timedelta(days=1)
COLUMNS = [Column(7, 1, 1, "Lesson <1>", "lesson"), Column(8, 1, 2, "Lesson 2", "lesson"), Column(9, 1, 3, "Quiz", "x")]
DONE, OPEN = CellState.DONE, CellState.OPEN


def _board(*cells: tuple[CellState, ...]) -> Board:
    rows = [Row(uuid4(), "Amy", "health", "", "active", row, None, None) for row in cells]
    return Board(COLUMNS, rows, TODAY)


def test_parts_stand_by_date_with_how_many_have_done_them() -> None:
    board = _board((DONE, DONE, OPEN), (DONE, OPEN, OPEN), (OPEN, DONE, DONE))

    against = against_plan(board, {7: TODAY, 9: TODAY - DAY}, is_suggested=False)

    told = [
        (line.number, line.column.activity, line.due_on, line.done, line.is_due, line.behind) for line in against.lines
    ]
    assert told == [(1, 9, TODAY - DAY, 1, True, 2), (2, 7, TODAY, 2, True, 1), (3, 8, None, 2, False, 0)]
    assert (against.due_count, against.count, against.up_to_date) == (2, 3, 0)


def test_whoever_has_done_what_is_due_is_up_to_date_whatever_comes_later() -> None:
    board = _board((DONE, OPEN, OPEN), (OPEN, DONE, DONE))

    assert against_plan(board, {7: TODAY, 8: TODAY + DAY}, is_suggested=False).up_to_date == 1
    assert against_plan(board, {}, is_suggested=False).up_to_date == 2


def test_whoever_is_on_leave_has_nothing_still_to_do_and_is_not_counted() -> None:
    here, away = _board((DONE, OPEN, OPEN), (OPEN, OPEN, OPEN)), _board((OPEN, OPEN, OPEN), (DONE, DONE, OPEN))
    on_leave = [replace(row, state="on_leave") for row in away.rows]

    against = against_plan(replace(here, rows=[*here.rows, *on_leave]), {7: TODAY}, is_suggested=False)
    nobody = against_plan(replace(here, rows=on_leave[:1]), {7: TODAY}, is_suggested=False)

    told = [(line.column.activity, line.done, line.count, line.behind) for line in against.lines]
    assert told == [(7, 1, 2, 1), (8, 0, 2, 0), (9, 0, 2, 0)]
    assert in_words(against) == (
        "1 of 3 parts are due by today. 1 of 2 trainees have done everything that is due. 2 on leave are not counted."
    )
    assert (in_words(nobody).endswith("1 on leave is not counted."), drawing_of(nobody)) == (True, "")


def test_drawing_has_a_title_words_a_bar_for_each_part_and_a_line_that_falls_after_today() -> None:
    against = against_plan(
        _board((DONE, OPEN, OPEN), (DONE, DONE, OPEN)), {7: TODAY - DAY, 8: TODAY, 9: TODAY + DAY}, is_suggested=False
    )

    drawn = drawing_of(against)

    assert in_words(against) == "2 of 3 parts are due by today. 1 of 2 trainees have done everything that is due."
    assert 'role="img"' in drawn
    assert 'aria-labelledby="against-title against-words"' in drawn
    assert f'<desc id="against-words">{in_words(against)}</desc>' in drawn
    assert [part.split('"')[0] for part in drawn.split('width="26" height="')[1:]] == ["160", "80", "0"]
    assert '<polyline class="planned-line" points="40,26 136,26 136,186 184,186"/>' in drawn
    assert "style=" not in drawn


def test_drawing_of_nothing_due_of_everything_due_and_of_nobody() -> None:
    board = _board((OPEN, OPEN, OPEN))

    later = drawing_of(against_plan(board, dict.fromkeys((7, 8, 9), TODAY + DAY), is_suggested=False))
    over = drawing_of(against_plan(board, dict.fromkeys((7, 8, 9), TODAY), is_suggested=False))
    unplanned = drawing_of(against_plan(board, {}, is_suggested=False))

    assert 'points="40,186 184,186"' in later
    assert 'points="40,26 184,26 184,26"' in over
    assert "polyline" not in unplanned
    assert drawing_of(against_plan(_board(), {7: TODAY}, is_suggested=False)) == ""


def test_table_of_many_parts_is_long_and_stands_folded() -> None:
    many = Board([Column(number, 1, number, f"Lesson {number}", "lesson") for number in range(13)], [], TODAY)

    assert against_plan(many, {}, is_suggested=False).is_short is False
    assert against_plan(_board(), {}, is_suggested=False).is_short is True
