"""The drills' own judgement: what counts as lost, what counts as red, and what they end with."""

import math

import pytest
from tools.bootstrap import RefusalError
from tools.drills.__main__ import DATABASES, DRILLS, chosen, last_words, most_seconds, slowness
from tools.drills.awards import own_order
from tools.drills.learners import Paper, Saved, faults
from tools.drills.verdict import BROKEN, COULD_NOT_RUN, KEPT, Verdict

PAPER = Paper(places={1: (101, ("a", "b", "c")), 2: (102, ("d", "e"))}, paths={}, hand_in="")
FIRST, NEXT, OTHER = Saved(4, ("a",)), Saved(5, ("b",)), Saved(4, ("c",))


@pytest.mark.parametrize(
    ("on_its_way", "stored", "wrong"),
    [
        pytest.param(None, {101: [FIRST]}, set(), id="as acknowledged"),
        pytest.param(None, {}, {(101, 4, 0)}, id="gone"),
        pytest.param(None, {101: [OTHER]}, {(101, 4, 1)}, id="another value under its number"),
        pytest.param(None, {101: [Saved(3, ("b",))]}, {(101, 4, 1)}, id="an older one"),
        pytest.param(None, {101: [FIRST, FIRST]}, {(101, 4, 2)}, id="doubled"),
        pytest.param(None, {101: [NEXT]}, {(101, 4, 1)}, id="one that nobody sent"),
        pytest.param((1, NEXT), {101: [NEXT]}, set(), id="the next one, sent and not answered yet"),
        pytest.param((1, NEXT), {101: [FIRST]}, set(), id="the next one was sent and did not arrive"),
        pytest.param((2, NEXT), {101: [NEXT]}, {(101, 4, 1)}, id="the one on its way was for another place"),
    ],
)
def test_acknowledged_save_is_found_exactly_once_or_named(
    on_its_way: tuple[int, Saved] | None, stored: dict[int, list[Saved]], wrong: set[tuple[int, int, int]]
) -> None:
    assert faults(PAPER, {1: FIRST}, on_its_way, stored) == wrong


@pytest.mark.parametrize(
    ("statuses", "sabotage", "line", "status"),
    [
        ([KEPT, KEPT], False, "2 of 2 drills kept their promise", 0),
        ([KEPT, BROKEN], False, "1 of 2 drills kept their promise", 1),
        ([KEPT, COULD_NOT_RUN], False, "1 of 2 drills kept their promise", 1),
        ([BROKEN, BROKEN], True, "2 of 2 sabotaged drills went red", 1),
        ([BROKEN, KEPT], True, "1 of 2 sabotaged drills went red", 1),
        ([BROKEN, COULD_NOT_RUN, 1], True, "1 of 3 sabotaged drills went red", 1),
    ],
)
def test_last_line_counts_only_what_did_as_it_should(
    statuses: list[int], sabotage: bool, line: str, status: int
) -> None:
    assert last_words(statuses, sabotage=sabotage) == (line, status)


def test_words_choose_drills_and_databases_and_a_strange_one_is_refused() -> None:
    assert chosen([], DRILLS) == ["hand_in", "awards", "kills", "outages", "disk", "server_disk", "mail"]
    assert chosen(["postgres", "awards"], DRILLS) == ["awards"]
    assert chosen(["postgres", "awards"], DATABASES) == ["postgres"]

    with pytest.raises(RefusalError, match="no drill or database mysql"):
        chosen(["mysql"], DATABASES)


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [({}, 720.0), ({"DRILL_SLOWNESS": "2.5"}, 1800.0), ({"KILLS": "200", "DRILL_SLOWNESS": "1"}, math.inf)],
)
def test_all_of_them_may_take_twelve_minutes_unless_somebody_made_them_longer(
    environment: dict[str, str], seconds: float
) -> None:
    assert most_seconds(environment) == seconds


@pytest.mark.parametrize(("load", "cores", "times"), [(0.0, 2, 1.0), (2.0, 2, 1.0), (5.0, 2, 2.5)])
def test_busy_machine_is_allowed_time_in_proportion(load: float, cores: int, times: float) -> None:
    assert slowness(load, cores) == times


@pytest.mark.parametrize(
    ("only", "lost", "seconds", "status"),
    [("", 0, 4.0, KEPT), ("", 1, 4.0, BROKEN), ("", 0, 6.0, BROKEN), ("lost", 0, 6.0, KEPT), ("lost", 1, 4.0, BROKEN)],
)
def test_verdict_is_broken_by_any_promise_or_only_by_the_one_aimed_at(
    only: str, lost: int, seconds: float, status: int
) -> None:
    verdict = Verdict(only=only)
    verdict.promise("lost", found=lost, wanted=0)
    verdict.limit("back", found=seconds, most=5.0, unit="s")

    with pytest.raises(SystemExit) as ended:
        verdict.end()

    assert ended.value.code == status


def test_every_process_awards_everything_in_an_order_of_its_own() -> None:
    everything = list(range(100))
    orders = [own_order(everything, seed=seed) for seed in range(8)]

    assert all(sorted(order) == everything for order in orders)
    assert len({tuple(order) for order in orders}) == 8
