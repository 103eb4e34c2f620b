"""The matrix's side of the resolver: a claim for each address, which says where it is tried and by which rule.

An address that nobody claims fails the build, and so does a claim for an address that is not there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.rules import Rule
from tests.access.world import World

SIDES = ("a", "b")
SITTERS = ("learner_a", "doing_a", "withdrawn_a", "learner_b", "doing_b", "withdrawn_b")
HOLDERS = ("learner_a", "learner_b")
WRITTEN_TO = ("withdrawn_a", "withdrawn_b")
ASKING = ("asker_a", "asker_b")
POST, FORM = ("POST",), ("GET", "POST")

Places = Callable[[World], Mapping[str, str]]  # whose thing it is: the address


@dataclass(frozen=True)
class Claim:
    """One address of the resolver, by its label (addresses.Known), or all of a namespace if it ends in a colon."""

    label: str
    group: str
    rule: Rule
    places: Places | None = None  # None: filled by what stands at the desk (desk.py)
    accepts: tuple[str, ...] = ("GET",)
    data: Callable[[World, str], dict[str, Any]] = field(default=lambda world, of: {})
    is_at_desk: bool = False
    also: tuple[str, ...] = ()  # outcomes that are right as well, whoever asks
    reveals: tuple[str, ...] = ()  # kinds of words (or "kind of role") that whoever holds the address is to read


@dataclass(frozen=True)
class Exemption:
    """An address that is not tried, by name, and why."""

    label: str
    reason: str


def at(address: str) -> Places:
    """One address that belongs to nobody."""
    return lambda world: {"": address}


def each(of: tuple[str, ...], address: Callable[[World, str], str]) -> Places:
    """The same address for things of several people or sides."""
    return lambda world: {one: address(world, one) for one in of}
