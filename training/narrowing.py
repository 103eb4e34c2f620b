"""What pages of people have in common: narrowed one way at a time, searched by name, sorted by a column. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from toolkit.folding import fold

Row = TypeVar("Row")
EVERYBODY, BY_NAME = "everybody", "name"
LONGEST_SEARCH = 150


@dataclass(frozen=True)
class Show(Generic[Row]):
    """One way to narrow a list: its key in the address, its words, and whether a row belongs."""

    key: str
    words: str
    admits: Callable[[Row], bool]


def counts(rows: Collection[Row], offered: Iterable[Show[Row]]) -> list[tuple[Show[Row], int]]:
    """How many rows each way shows, whatever is searched for."""
    return [(one, sum(map(one.admits, rows))) for one in offered]


@dataclass(frozen=True)
class Asked:
    """What was asked for; anything not understood falls back to everybody by name."""

    show: str = EVERYBODY
    words: str = ""
    sort: str = BY_NAME
    backwards: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str], *, shows: Collection[str], sorts: Collection[str]) -> Self:
        """From an address: `show`, `q`, and `sort`, with a minus in front for the other way round."""
        sort, show = given.get("sort", ""), given.get("show", "")
        name = sort.removeprefix("-")
        return cls(
            show=show if show in shows else EVERYBODY,
            words=given.get("q", "").strip()[:LONGEST_SEARCH],
            sort=name if name in sorts else BY_NAME,
            backwards=sort.startswith("-") and name in sorts,
        )

    def names(self, name: str) -> bool:
        """Whether every word asked for stands in the name, in any order."""
        folded = fold(name)
        return all(word in folded for word in fold(self.words).split())

    def heading(self, sort: str) -> dict[str, str]:
        """What a column's heading asks for (its own order, or the other way round once that is in force), and its
        `aria-sort`, empty where the list is not sorted by it."""
        is_sorted = self.sort == sort
        turned = "descending" if self.backwards else "ascending"
        return {
            "sort": f"-{sort}" if is_sorted and not self.backwards else sort,
            "direction": turned if is_sorted else "",
        }
