"""Which items an attempt draws, and in which order its choices are shown. Pure: chance comes in as an argument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random


class BankTooSmall(Exception):
    """Raised when a blueprint asks for more items of a learning outcome than its bank holds."""


@dataclass(frozen=True)
class Candidate:
    """An item that could be drawn: which learning outcome it tests, its kind, and its choices in file order.

    What earns nothing, such as a page that only tells (`is_asked` false), is drawn only by a line that names its kind.
    """

    item: int
    learning_outcome: int
    kind: str
    choices: tuple[str, ...]
    is_asked: bool = True


@dataclass(frozen=True)
class Line:
    """How many items of a learning outcome to draw; kind '' means any."""

    learning_outcome: int
    kind: str
    count: int


@dataclass(frozen=True)
class Drawn:
    """An item drawn, with its choices in the order to show."""

    item: int
    choice_order: tuple[str, ...]


def draw_items(
    lines: Sequence[Line], candidates: Sequence[Candidate], last_met: Mapping[int, int], chance: Random
) -> list[Drawn]:
    """Draw by blueprint, then mix the items and each item's choices.

    `last_met` gives, for items met before in this run, the number of the attempt they were last met in: items never met
    come first, then those met longest ago, so that nothing comes twice in a row while others are left.
    Raises BankTooSmall.
    """
    chosen: list[Candidate] = []
    for line in lines:
        fitting = [
            candidate
            for candidate in candidates
            if candidate.learning_outcome == line.learning_outcome
            and (line.kind == candidate.kind or (line.kind == "" and candidate.is_asked))
            and candidate not in chosen
        ]
        if len(fitting) < line.count:
            raise BankTooSmall(f"{line.count} items wanted for a learning outcome, {len(fitting)} there")
        chance.shuffle(fitting)
        fitting.sort(key=lambda candidate: last_met.get(candidate.item, 0))
        chosen += fitting[: line.count]
    chance.shuffle(chosen)
    return [Drawn(candidate.item, _mixed(candidate.choices, chance)) for candidate in chosen]


def _mixed(choices: tuple[str, ...], chance: Random) -> tuple[str, ...]:
    order = list(choices)
    chance.shuffle(order)
    return tuple(order)
