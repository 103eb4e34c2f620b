"""Scoring rules: values in, values out; no database, request or clock. Source: docs/decisions/0007-scoring.md."""

from collections.abc import Iterable
from fractions import Fraction


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
