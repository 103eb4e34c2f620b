"""How far somebody is, in few words and in one number."""

import pytest

from training.how_far import Share, in_few_words, percent_of_all


def _share(number: int, done: int) -> Share:
    return Share(f"Module {number}", done, 5, 20 * done)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ([], []),
        ([0], ["Module 1, 0%"]),
        ([2, 0], ["Module 1, 40%", "Module 2, 0%"]),
        ([0, 2, 0, 0], ["Module 2, 40%", "3 others, nothing done yet"]),
        ([0, 0, 0], ["All 3, nothing done yet"]),
        ([5, 5], ["Module 1, 100%", "Module 2, 100%"]),
    ],
)
def test_sets_that_are_begun_are_named_and_several_others_counted(done: list[int], words: list[str]) -> None:
    assert in_few_words([_share(number, count) for number, count in enumerate(done, start=1)]) == words


@pytest.mark.parametrize(
    ("shares", "percent"),
    [([], 0), ([(0, 0)], 0), ([(5, 5), (0, 5)], 50), ([(55, 56), (5, 5)], 98), ([(56, 56), (5, 5)], 100)],
)
def test_percent_of_all_is_of_everything_together_and_100_only_for_all(
    shares: list[tuple[int, int]], percent: int
) -> None:
    assert percent_of_all(shares) == percent
