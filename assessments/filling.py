"""Whether a bank can fill a blueprint, and how often without repeating itself. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TIMES = 3  # a bank should fill a blueprint so often: three attempts, each with other items


@dataclass(frozen=True)
class Wanted:
    """A line of a blueprint: so many items of a learning outcome, of one kind or ("") of any."""

    outcome: Any
    kind: str
    count: int


@dataclass(frozen=True)
class Filled:
    """A line, how many items it can take from, and how often it can be filled."""

    line: Wanted
    there: int
    times: int

    @property
    def is_enough(self) -> bool:
        return self.times >= TIMES


def filled(
    lines: Sequence[Wanted],
    there: Mapping[tuple[Any, str], int],
    worthless: Mapping[tuple[Any, str], int] | None = None,
) -> list[Filled]:
    """How often each line can be filled from items counted by (outcome, kind); what is asked by kind is taken first.

    `worthless` counts those by which nothing can be earned: only a line that names their kind draws them. Of a line
    for any kind what other lines of its outcome take by kind is left to them.
    """
    told = worthless or {}
    by_kind: Counter[tuple[Any, str]] = Counter()
    for line in lines:
        if line.kind:
            by_kind[line.outcome, line.kind] += line.count
    return [_one(line, by_kind, there, told) for line in lines]


def _one(
    line: Wanted,
    by_kind: Mapping[tuple[Any, str], int],
    there: Mapping[tuple[Any, str], int],
    told: Mapping[tuple[Any, str], int],
) -> Filled:
    if line.kind:
        count = there.get((line.outcome, line.kind), 0) + told.get((line.outcome, line.kind), 0)
        return Filled(line, count, count // line.count if line.count else 0)
    kinds = {kind: count for (outcome, kind), count in there.items() if outcome == line.outcome}
    times = 0
    while line.count and _rest(line, by_kind, kinds, times + 1) >= line.count * (times + 1):
        times += 1
    return Filled(line, _rest(line, by_kind, kinds, 1), times)


def _rest(line: Wanted, by_kind: Mapping[tuple[Any, str], int], kinds: Mapping[str, int], times: int) -> int:
    """What is left for a line of any kind once the lines by kind were filled so often."""
    return sum(max(count - by_kind.get((line.outcome, kind), 0) * times, 0) for kind, count in kinds.items())
