"""What every kind of content file answers to the loader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from publishing.attachments import Attachment
from publishing.faults import Fault


@dataclass(frozen=True)
class Parsed:
    """One thing read from a file: what it is, and everything the file says of it in canonical JSON-ready form."""

    kind: str
    key: str  # uuid or key, with its language where it has one
    path: str
    state: dict[str, Any]
    files: Mapping[str, Attachment] = field(default_factory=dict, compare=False)  # by the name the state calls them
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)  # where its file says a field, if it is asked


@dataclass
class Package:
    """Everything parsed from a package, for checks between files."""

    things: list[Parsed] = field(default_factory=list)

    def of(self, kind: str) -> list[Parsed]:
        return [thing for thing in self.things if thing.kind == kind]

    def keys(self, kind: str) -> set[str]:
        return {thing.key for thing in self.of(kind)}


@dataclass
class Notes:
    """What an export has to say besides its files: what hinders it, and what it leaves out and why."""

    hindered: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)


class Kind(Protocol):
    """A kind of file. `state` of what was parsed and `site_state` compare equal when site and file agree."""

    name: str
    order: int

    def matches(self, path: str) -> bool:
        """Whether a file at this path inside the package is of this kind."""

    def parse(self, path: str, text: str) -> list[Parsed]:
        """The things in a file. Pure. Raises BadContent with every fault found."""

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        """Faults between files: what this thing names must be in the package or on the site. Reads only."""

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        """What the site says of it now, an editor's unpublished draft included; None where there is nothing."""

    def write(self, thing: Parsed) -> None:
        """Make the site say what the file says, keeping identifiers."""


@runtime_checkable
class KindOfCourse(Protocol):
    """A kind that goes into a course's package."""

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        """What readers of the site have of a course, drafts left aside, each with the path of its file."""

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        """Texts by path that parse, and gather, to these things of one path: the way back. Pure. Raises CannotSay."""


@runtime_checkable
class KindNamed(Protocol):
    """A kind that goes into a package because something in it names its key."""

    def things_named(self, keys: set[str]) -> list[Parsed]:
        """Those with these keys that the site has."""

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        """As for `KindOfCourse`."""


@runtime_checkable
class KindOfManyFiles(Protocol):
    """A kind whose things are told by several files: one by which it is known, and others that one names."""

    def gather(self, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
        """The thing with what the other files of the package say of it. Raises BadContent."""
