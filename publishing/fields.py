"""Reading the YAML of a content file, field by field, with the line each one stands on."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import yaml
from toolkit.points import read_points

from .faults import BadContent, Fault

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Fields:
    """One YAML mapping of a file. Faults are collected, so that one run names them all; `finish` raises them."""

    def __init__(
        self, values: dict[str, Any], lines: dict[str, int], path: str, faults: list[Fault], *, line: int = 1
    ) -> None:
        self._values, self._lines, self.path, self.faults = values, lines, path, faults
        self._line = line  # where it begins: what is missing has no line of its own
        self._read: set[str] = set()

    def line(self, name: str) -> int:
        """The line a field stands on; 0 where the file does not have it."""
        return self._lines.get(name, 0)

    def fault(self, name: str, sentence: str) -> None:
        self.faults.append(Fault(self.path, self._lines.get(name, self._line), sentence))

    def has(self, name: str) -> bool:
        return self._values.get(name) not in (None, "")

    def get(self, name: str) -> Any:
        self._read.add(name)
        return self._values.get(name)

    def text(self, name: str, *, required: bool = True, longest: int = 10_000) -> str:
        value = self.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(name, f"“{name}” is missing or is not text.")
            return ""
        if len(value) > longest:
            self.fault(name, f"“{name}” is longer than {longest} characters.")
        return value.strip()

    def maybe(self, name: str, *, longest: int) -> str:
        """Text, or an empty text where the field is missing or left empty."""
        return self.text(name, longest=longest) if self.has(name) else (self.get(name) or "")

    def slug(self, name: str) -> str:
        value = self.text(name, longest=80)
        if value and not _SLUG.fullmatch(value):
            self.fault(name, f"“{name}” may hold only lower-case letters, digits and hyphens.")
        return value

    def uuid(self, name: str = "uuid") -> UUID:
        value = self.get(name)
        try:
            return UUID(str(value))
        except ValueError:
            self.fault(name, f"“{name}” is missing or is not a UUID.")
            return UUID(int=0)

    def whole(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self.get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(name, f"“{name}” must be a whole number from {least} to {most}.")
            return least
        return value

    def share(self, name: str) -> Fraction:
        value = self.get(name)
        try:
            share = read_points(str(value))
        except ValueError:
            share = Fraction(-1)
        if not 0 < share <= 1:
            self.fault(name, f"“{name}” must be a share written as a fraction, such as 70/100.")
        return share

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(name, f"“{name}” must be a date such as 2026-11-22.")
            return None
        return value

    def words(self, name: str) -> list[str]:
        value = self.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(name, f"“{name}” must be a list of words.")
            return []
        return value

    def picked(self, name: str, choices: Sequence[str]) -> list[str]:
        """A list of words that must all be choices; given back once each, in the choices' own order."""
        words = self.words(name)
        for word in words:
            if word not in choices:
                self.fault(name, f"“{word}” is not one of “{name}” (there are: {', '.join(choices)}).")
        return [choice for choice in choices if choice in words]

    def mappings(self, name: str, *, required: bool = False) -> "list[Fields]":
        value = self.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or (required and not value):
            self.fault(name, f"“{name}” must be a list of entries.")
            return []
        return [self._inside(one, name) for one in value]

    def mapping(self, name: str, *, required: bool = True) -> "Fields | None":
        value = self.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, dict):
            self.fault(name, f"“{name}” is missing or has nothing under it.")
            return None
        return self._inside(value, name)

    def names(self) -> list[str]:
        return list(self._values)

    def refuse_unknown(self) -> None:
        """A field nobody asked for is most often a misspelling."""
        for name in self._values:
            if name not in self._read:
                self.fault(str(name), f"“{name}” is not a field of this kind of file.")

    def _inside(self, values: dict[str, Any], name: str) -> "Fields":
        line = self._lines.get(name, 1)
        lines = {str(key): values_line(values, key) or line for key in values}
        begins = min(lines.values(), default=line)
        return Fields({str(key): value for key, value in values.items()}, lines, self.path, self.faults, line=begins)


class _LineLoader(yaml.SafeLoader):
    """Plain YAML that refuses aliases (a small file could stand for a huge one) and a key given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="an alias (*name); write the words out", problem_mark=mark)
        return super().compose_node(parent, index)


class _Mapping(dict[str, Any]):
    """A mapping with the line of each of its keys."""

    lines: dict[str, int]


def values_line(values: dict[str, Any], key: Any) -> int:
    """The line a key stands on, 0 where it is not known."""
    return values.lines.get(str(key), 0) if isinstance(values, _Mapping) else 0


def _construct(loader: _LineLoader, node: yaml.MappingNode) -> _Mapping:
    mapping = _Mapping()
    mapping.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.MarkedYAMLError(problem=f"“{key}” is given twice", problem_mark=key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
        mapping.lines[str(key)] = key_node.start_mark.line + 1
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct)


def read_fields(text: str, path: str, *, offset: int = 0) -> Fields:
    """The mapping a YAML text holds. `offset` lines are added to every line named. Raises BadContent."""
    try:
        values = yaml.load(text, _LineLoader)  # noqa: S506  a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + offset if error.problem_mark else 1
        raise BadContent([Fault(path, line, f"is not good YAML: {error.problem}.")]) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BadContent([Fault(path, 1 + offset, f"is not good YAML: {error}.")]) from error
    if not isinstance(values, _Mapping):
        raise BadContent([Fault(path, 1 + offset, "must hold fields, each a name and a value.")])
    _shift(values, offset)
    return Fields(dict(values), values.lines, path, [])


def _shift(value: Any, offset: int) -> None:
    if isinstance(value, _Mapping):
        value.lines = {name: line + offset for name, line in value.lines.items()}
        for inner in value.values():
            _shift(inner, offset)
    elif isinstance(value, list):
        for inner in value:
            _shift(inner, offset)


def read_list(text: str, path: str, name: str) -> Fields:
    """A file that is one list, as a mapping with that list under `name`, so that one reader serves every file."""
    indented = "\n".join(f"  {line}" for line in text.split("\n"))
    return read_fields(f"{name}:\n{indented}", path, offset=-1)


@contextmanager
def finishing(fields: Fields) -> Iterator[Fields]:
    """Read fields inside; at the end unknown ones and every fault found are raised as BadContent."""
    yield fields
    fields.refuse_unknown()
    if fields.faults:
        raise BadContent(fields.faults)
