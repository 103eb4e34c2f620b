"""The floor on each learning outcome: what a requirement set asks of every outcome that was met often enough.

Pooled over every attempt of the run: below so many different items an outcome steers what to read again, and never the
pass. Once a set was met, later attempts take nothing back. Pure. Source: DOMAIN section 4, S1; decision 66.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from toolkit.points import read_points


@dataclass(frozen=True)
class Floor:
    """The share to reach on each learning outcome of which at least `items` different items were met."""

    share: Fraction
    items: int


@dataclass(frozen=True)
class Scored:
    """What one item earned in one attempt."""

    learning_outcome: int
    item: int
    points: Fraction
    max_score: Fraction
    at: datetime  # when its attempt was handed in


@dataclass(frozen=True)
class OutcomeStanding:
    """What one learning outcome came to so far."""

    points: Fraction
    max_score: Fraction
    items: int

    def is_below(self, floor: Floor) -> bool:
        """Whether it holds the set up."""
        return self.items >= floor.items and self.points < floor.share * self.max_score


def read_floor(thresholds: Mapping[str, Any]) -> Floor | None:
    """The floor a set's thresholds name; None where they name none. Raises ValueError for one nobody could reach."""
    if "outcome_floor_share" not in thresholds:
        return None
    share, items = read_points(str(thresholds["outcome_floor_share"])), thresholds.get("outcome_floor_items")
    if not 0 < share <= 1 or isinstance(items, bool) or not isinstance(items, int) or items < 1:
        raise ValueError("a floor is a share such as 60/100, and a number of items")
    return Floor(share, items)


def standings(scored: Sequence[Scored]) -> dict[int, OutcomeStanding]:
    """By learning outcome."""
    of: dict[int, list[Scored]] = defaultdict(list)
    for one in scored:
        of[one.learning_outcome].append(one)
    return {
        outcome: OutcomeStanding(
            points=sum((one.points for one in rows), Fraction(0)),
            max_score=sum((one.max_score for one in rows), Fraction(0)),
            items=len({one.item for one in rows}),
        )
        for outcome, rows in of.items()
    }


def held_at(floor: Floor, scored: Sequence[Scored], *, since: datetime) -> datetime | None:
    """The first moment, from `since` on, at which no outcome was below the floor; None if there was none yet."""
    moments = sorted({since, *(one.at for one in scored if one.at > since)})
    for moment in moments:
        known = [one for one in scored if one.at <= moment]
        if not any(one.is_below(floor) for one in standings(known).values()):
            return moment
    return None
