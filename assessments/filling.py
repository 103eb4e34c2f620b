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

    Lines of several parts that ask for the same are counted as one, because they draw from the same items.
    `worthless` counts those by which nothing can be earned: only a line that names their kind draws them. Of a line
    for any kind what other lines of its outcome take by kind is left to them.
    """
    asked: Counter[tuple[Any, str]] = Counter()
    for line in lines:
        asked[line.outcome, line.kind] += line.count
    together = [Wanted(outcome, kind, count) for (outcome, kind), count in asked.items()]
    return [_one(line, asked, there, worthless or {}) for line in together]


def _one(
    line: Wanted,
    asked: Mapping[tuple[Any, str], int],
    there: Mapping[tuple[Any, str], int],
    told: Mapping[tuple[Any, str], int],
) -> Filled:
    if line.kind:
        count = there.get((line.outcome, line.kind), 0) + told.get((line.outcome, line.kind), 0)
        return Filled(line, count, count // line.count if line.count else 0)
    kinds = {kind: count for (outcome, kind), count in there.items() if outcome == line.outcome}
    times = 0
    while line.count and _rest(line, asked, kinds, times + 1) >= line.count * (times + 1):
        times += 1
    return Filled(line, _rest(line, asked, kinds, 1), times)


def _rest(line: Wanted, asked: Mapping[tuple[Any, str], int], kinds: Mapping[str, int], times: int) -> int:
    """What is left for a line of any kind once the lines by kind were filled so often."""
    return sum(max(count - asked.get((line.outcome, kind), 0) * times, 0) for kind, count in kinds.items())
