"""Narrowing, searching and sorting a board."""

from datetime import date
from uuid import UUID

import pytest

from training.board.looking import Look, shows
from training.board.reading import Board, Column, Row
from training.board.stuck import Need
from training.choices import CellState, Reason

TODAY = date(2026, 10, 1)
DONE, WAITING, DOING, FAILED, NEXT, OPEN = CellState


def _row(name: str, state: str, *cells: CellState, need: Need | None = None, waits: bool = False) -> Row:
    return Row(UUID(int=len(name)), name, "police", "", state, cells, None, need, waits=waits)


BOARD = Board(
    [Column(7, 1, 1, "Lesson 1", "lesson"), Column(9, 1, 2, "Quiz", "assessment")],
    [
        _row("Siân Ŵyn", "active", DONE, FAILED, need=Need(Reason.NO_TRIES_LEFT, TODAY)),
        _row("Ada", "booked", NEXT, OPEN, need=Need(Reason.NEVER_BEGAN, date(2026, 9, 1))),
        _row("Zoe Quiet", "active", DOING, OPEN, need=Need(Reason.QUIET, date(2026, 9, 2))),
        _row("Cai", "completed", DONE, DONE),
    ],
    TODAY,
)


def _names(**asked: str) -> list[str]:
    return [row.name.split()[0] for row in Look.asked(asked, BOARD).of(BOARD)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ada", "Cai", "Siân", "Zoe"]),
        ({"sort": "-name"}, ["Zoe", "Siân", "Cai", "Ada"]),
        ({"sort": "need"}, ["Siân", "Zoe", "Ada", "Cai"]),
        ({"sort": "a7"}, ["Cai", "Siân", "Zoe", "Ada"]),
        ({"sort": "-a9"}, ["Ada", "Zoe", "Siân", "Cai"]),
        ({"show": "in-need", "sort": "name"}, ["Ada", "Siân", "Zoe"]),
        ({"show": "completed"}, ["Cai"]),
        ({"show": "on-leave"}, []),
        ({"q": "wyn sian"}, ["Siân"]),
        ({"q": "nobody"}, []),
        ({"show": "<script>", "sort": "a8", "q": " "}, ["Ada", "Cai", "Siân", "Zoe"]),
        ({"sort": "-a"}, ["Ada", "Cai", "Siân", "Zoe"]),
    ],
)
def test_rows_are_those_asked_for_in_the_order_asked_for(asked: dict[str, str], names: list[str]) -> None:
    assert _names(**asked) == names


def test_whoever_waits_for_a_marker_is_found_and_sorted_after_whoever_is_done() -> None:
    rows = [
        _row("Cai", "active", DONE),
        _row("Ada", "active", DOING),
        _row("Siân", "active", WAITING, waits=True),
        _row("Zoe", "active", OPEN, waits=True),  # with an exercise beside the course
    ]
    board = Board([Column(7, 1, 1, "Written", "assessment")], rows, TODAY)

    found = [Look.asked(asked, board).of(board) for asked in ({"show": "to-mark"}, {"sort": "a7"})]

    assert [[row.name for row in those] for those in found] == [["Siân", "Zoe"], ["Cai", "Siân", "Ada", "Zoe"]]


def test_heading_turns_the_order_round_once_it_is_in_force() -> None:
    looks = [Look.asked({"sort": sort}, BOARD) for sort in ("name", "-name", "need")]

    assert [tuple(look.heading("name").values()) for look in looks] == [
        ("-name", "ascending"), ("name", "descending"), ("name", ""),
    ]  # fmt: skip


def test_ways_to_narrow_leave_nobody_out() -> None:
    by_state = [one for one in shows() if one.key not in ("everybody", "in-need")]

    assert [sum(one.admits(row) for one in by_state) for row in BOARD.rows] == [1, 1, 1, 1]
