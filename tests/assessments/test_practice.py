"""Which items practice takes, and in which order. Pure."""

from random import Random

import pytest

from assessments.practice import Candidate, Wish, choose

ONE_EACH = [Candidate(item, "single_choice", item) for item in (1, 2, 3)]


def many(*items: tuple[int, str, int]) -> list[Candidate]:
    return [Candidate(*one) for one in items]


@pytest.mark.parametrize(
    ("pool", "wish", "items"),
    [
        (ONE_EACH, Wish(3), [1, 2, 3]),
        (ONE_EACH, Wish(2), [1, 2]),
        (ONE_EACH, Wish(9), [1, 2, 3]),
        ([], Wish(3), []),
        (many((1, "a", 0), (2, "a", 7), (3, "a", 4)), Wish(3), [1, 3, 2]),
        (ONE_EACH, Wish(3, met=[1, 2]), [3, 1, 2]),
        (ONE_EACH, Wish(3, met=[1, 2], missed=[2]), [3, 2, 1]),
        (ONE_EACH, Wish(3, last=[1]), [2, 3, 1]),
        (ONE_EACH, Wish(3, last=[1], met=[1, 2, 3], missed=[1]), [2, 3, 1]),
        (many((1, "a", 1), (2, "b", 2), (3, "a", 3)), Wish(3, kind="b"), [2, 1, 3]),
        (many((1, "a", 1), (2, "b", 2)), Wish(2, kind="b", met=[2]), [1, 2]),
        (many((1, "a", 1), (2, "b", 2)), Wish(2, kind="b", met=[1, 2], missed=[1]), [2, 1]),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_practice_takes_what_the_attempt_did_not_draw_then_what_was_missed_in_it(
    pool: list[Candidate], wish: Wish, items: list[int], seed: int
) -> None:
    assert choose(pool, wish, Random(seed)) == items


def test_among_equals_chance_decides() -> None:
    pool = [Candidate(item, "a", 0) for item in range(5)]

    assert len({choose(pool, Wish(1), Random(seed))[0] for seed in range(60)}) == 5
