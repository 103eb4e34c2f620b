"""Which of several attempts counts, and since when what counts is enough. Pure.

Each attempt froze which counts (assessment_rules.py). Those of one rule are looked at together, so that whoever passed
under one rule keeps that when the next attempt begins under another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from .choices import Counts


@dataclass(frozen=True)
class Came:
    """What one attempt came to: its share of the points, whether it passed by itself, and when it was handed in."""

    share: Fraction
    passed: bool
    pass_share: Fraction | None
    at: datetime
    counts: str = Counts.BEST


def counted_share(came: Sequence[Came], counts: str) -> Fraction:
    """The share that counts of attempts in order. Raises ValueError for none."""
    shares = [one.share for one in came]
    if not shares:
        raise ValueError("no attempt, no share")
    if counts == Counts.MEAN:
        return sum(shares, Fraction(0)) / len(shares)
    return {Counts.BEST: max(shares), Counts.LAST: shares[-1], Counts.FIRST: shares[0]}[Counts(counts)]


def passed_since(came: Sequence[Came]) -> datetime | None:
    """Since when the attempts pass, by their own shares; None if they do not."""
    return _earliest(came, _passes)


def reached_since(came: Sequence[Came], share: Fraction) -> datetime | None:
    """Since when they reach a share, whatever their own was; None if they do not."""
    return _earliest(came, lambda group, counts: counted_share(group, counts) >= share)


def _passes(came: Sequence[Came], counts: str) -> bool:
    if counts == Counts.MEAN:
        asked = came[-1].pass_share
        return asked is not None and counted_share(came, counts) >= asked
    passed = [one.passed for one in came]
    return {Counts.BEST: any(passed), Counts.LAST: passed[-1], Counts.FIRST: passed[0]}[Counts(counts)]


def _earliest(came: Sequence[Came], stands: Callable[[Sequence[Came], str], bool]) -> datetime | None:
    ordered = sorted(came, key=lambda one: one.at)
    groups = {counts: [one for one in ordered if one.counts == counts] for counts in {one.counts for one in came}}
    moments = [_since(group, counts, stands) for counts, group in groups.items()]
    return min((moment for moment in moments if moment), default=None)


def _since(came: Sequence[Came], counts: str, stands: Callable[[Sequence[Came], str], bool]) -> datetime | None:
    """The beginning of the last stretch of attempts over which it stood; None if it does not stand now."""
    since = None
    for number, one in enumerate(came, start=1):
        if not stands(came[:number], counts):
            since = None
        elif since is None:
            since = one.at
    return since
