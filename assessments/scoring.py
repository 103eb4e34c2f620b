"""Scoring rules: values in, values out; no database, request or clock. Source: docs/decisions/0007-scoring.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise


def choose_one_points(chosen: frozenset[str], correct: str) -> Fraction:
    """Points for a single-choice item, as an exact share of max_score: 1 for exactly the right choice, else 0."""
    return Fraction(int(chosen == {correct}))


def choose_all_points(chosen: frozenset[str], correct: frozenset[str]) -> Fraction:
    """Points for a choose-all-that-apply item, as an exact share of max_score.

    A right choice earns 1/len(correct), a wrong one costs the same; never below zero.
    Arguments are choice identifiers. Returns 0 to 1 inclusive; the caller multiplies by max_score.
    Raises ValueError if nothing is correct.
    """
    if not correct:
        raise ValueError("an item needs at least one correct choice")
    net = len(chosen & correct) - len(chosen - correct)
    return max(Fraction(net, len(correct)), Fraction(0))


def rubric_points(levels: Iterable[tuple[int, int]]) -> Fraction:
    """Points for (level reached, highest level) of each criterion, as an exact share: every level counts the same.

    Source: docs/decisions/0055-marking.md.
    """
    pairs = list(levels)
    return Fraction(sum(level for level, _highest in pairs), sum(highest for _level, highest in pairs))


def total(points: Iterable[Fraction]) -> Fraction:
    """Exact sum."""
    return sum(points, Fraction(0))


def reaches(points: Fraction, max_score: Fraction, share: Fraction) -> bool:
    """Whether points are at least this share of max_score, compared exactly; nothing to earn reaches nothing."""
    return max_score > 0 and points >= share * max_score


def part_points(fit: Sequence[bool]) -> Fraction:
    """Points for an item of several parts, as an exact share: each part that fits earns as much, none costs.

    Source: docs/decisions/0063-item-types.md.
    """
    return Fraction(sum(fit), len(fit))


def verdict_and_reason_points(*, fits: bool, is_reason: bool) -> Fraction:
    """Points for true or false with reasons: 1 for both, 1/2 for the verdict alone, else 0. Source: decision 63."""
    if not fits:
        return Fraction(0)
    return Fraction(1) if is_reason else Fraction(1, 2)


def adjacent_pair_points(placed: Mapping[str, int], order: Sequence[str]) -> Fraction:
    """Points for an ordering: each line that stands directly after the one it should follow earns 1/(lines - 1).

    `placed` gives places from 1, some perhaps missing or given twice; a place given twice is nobody's.
    Returns 0 to 1 inclusive. Raises ValueError for fewer than two lines. Source: docs/decisions/0063-item-types.md.
    """
    if len(order) < 2:
        raise ValueError("an ordering needs at least two lines")
    taken = Counter(placed.values())
    sure = {line: place for line, place in placed.items() if taken[place] == 1}
    pairs = list(pairwise(order))
    found = sum(before in sure and after in sure and sure[after] - sure[before] == 1 for before, after in pairs)
    return Fraction(found, len(pairs))


def panel_points(rating: int, panel: Sequence[int]) -> Fraction:
    """Points for rating one option: 1 - |rating - panel median| / 4, and 0 if more than 2 away. Source: DOMAIN 5."""
    distance = abs(rating - median_of(panel))
    return Fraction(0) if distance > 2 else 1 - distance / 4


def median_of(ratings: Sequence[int]) -> Fraction:
    """The middle rating; between two, half-way. Exact. Raises ValueError for none."""
    if not ratings:
        raise ValueError("nobody rated this")
    ranked = sorted(ratings)
    low, high = ranked[(len(ranked) - 1) // 2], ranked[len(ranked) // 2]
    return Fraction(low + high, 2)


def is_split(panel: Sequence[int]) -> bool:
    """Whether a panel is too far apart to score by: more than 2 between its ends. Source: DOMAIN 5."""
    return max(panel) - min(panel) > 2


def code_points(chosen: frozenset[str], consensus: frozenset[str], accepted: frozenset[str]) -> Fraction:
    """As `choose_all_points`, but what is accepted beside the consensus neither earns nor costs."""
    return choose_all_points(chosen - accepted, consensus)


def number_points(*, is_near: bool, is_unit: bool) -> Fraction:
    """Points for a number: 1 within its tolerance and with its unit, 1/2 with another unit, else 0. Decision 63."""
    if not is_near:
        return Fraction(0)
    return Fraction(1) if is_unit else Fraction(1, 2)


CERTAIN_RIGHT = {1: 1, 2: 2, 3: 3}
CERTAIN_WRONG = {1: 0, 2: -2, 3: -6}
MOST_CERTAIN = 3  # times an item's points may be earned where certainty is marked


def tried_points(share: Fraction, penalty: Fraction, try_number: int) -> Fraction:
    """Points of a try, as an exact share of max_score: each try before it costs the penalty; never below zero.

    Source: docs/decisions/0065-rules-of-an-attempt.md, as are the two below.
    """
    return max(share - penalty * (try_number - 1), Fraction(0))


def certain_points(share: Fraction, certainty: int) -> Fraction:
    """Points of an answer given with this certainty (1 to 3), as an exact multiple of max_score, from -6 to 3.

    An answer that fits earns 1, 2 or 3; one that does not 0, -2 or -6; one that fits in part stands between the two.
    """
    return share * CERTAIN_RIGHT[certainty] + (1 - share) * CERTAIN_WRONG[certainty]
