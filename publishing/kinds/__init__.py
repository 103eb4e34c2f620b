"""The kinds of content file, in the order they are written. A higher room adds its own with `register`."""

from .base import Kind, KindNamed, KindOfCourse, KindOfManyFiles, Notes, Package, Parsed

KINDS: list[Kind] = []


def register(kind: Kind) -> None:
    """Add a kind of file; kinds are written in the order of their `order`."""
    KINDS.append(kind)
    KINDS.sort(key=lambda one: one.order)


def kind_of(path: str) -> Kind | None:
    """The kind of a file by its path, or None for a file no kind knows."""
    return next((kind for kind in KINDS if kind.matches(path)), None)


__all__ = [
    "KINDS",
    "Kind",
    "KindNamed",
    "KindOfCourse",
    "KindOfManyFiles",
    "Notes",
    "Package",
    "Parsed",
    "kind_of",
    "register",
]
