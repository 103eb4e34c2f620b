"""Which items an attempt draws, and in which order its choices are shown. Pure: chance comes in as an argument."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random


class BankTooSmall(Exception):
    """Raised when a blueprint asks for more items of a learning outcome than its bank holds."""


@dataclass(frozen=True)
class Line:
    """How many items of a learning outcome to draw for a part of the assessment; kind '' means any."""

    learning_outcome: int
    kind: str
    count: int
    part: int = 0


def draw_items(
    lines: Sequence[Line],
    fitting: Mapping[Line, Sequence[int]],
    last_met: Mapping[int, int],
    chance: Random,
    *,
    is_mixed: bool = True,
) -> dict[int, int]:
    """Items by blueprint in the order to show, each with its part; within a part mixed, or by line and item.

    `fitting` gives for each line the items it may draw. `last_met` gives, for items met before in this run, the number
    of the attempt they were last met in: items never met come first, then those met longest ago, so that nothing comes
    twice in a row while others are left. Lines that name a kind draw first, whatever their part, so that a line of any
    kind leaves them theirs. Raises BankTooSmall.
    """
    drawn: dict[Line, list[int]] = {}
    taken: set[int] = set()
    for line in sorted(lines, key=lambda line: line.kind == ""):
        left = [item for item in fitting[line] if item not in taken]
        if len(left) < line.count:
            raise BankTooSmall(f"{line.count} items wanted for a learning outcome, {len(left)} there")
        drawn[line] = sorted(_freshest(left, line.count, last_met, chance))
        taken.update(drawn[line])
    found: dict[int, int] = {}
    for part in sorted({line.part for line in lines}):
        items = [item for line in lines if line.part == part for item in drawn[line]]
        if is_mixed:
            chance.shuffle(items)
        found.update(dict.fromkeys(items, part))
    return found


def _freshest(left: Sequence[int], count: int, last_met: Mapping[int, int], chance: Random) -> Collection[int]:
    fresh = [item for item in left if item not in last_met]
    if len(fresh) >= count:
        return chance.sample(fresh, count)
    older = [item for item in left if item in last_met]
    chance.shuffle(older)
    older.sort(key=lambda item: last_met[item])
    return [*fresh, *older[: count - len(fresh)]]


def mixed(choices: Sequence[str], chance: Random) -> list[str]:
    """The choices in an order by chance."""
    order = list(choices)
    chance.shuffle(order)
    return order
