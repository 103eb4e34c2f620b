"""What the styles of a Word file say: which are headings, of which level, and which hide the words set in them.

By name, by outline, by mark, or by the style they rest on.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .parts import Parts
from .trees import attribute, first, is_on, local, under

_HEADING = re.compile(r"heading (\d)")
_DEEPEST = 12  # Word itself follows no more
_BODY = 9  # the outline level of running text, from 0


@dataclass(frozen=True)
class _Style:
    kind: str
    name: str
    rests_on: str
    outline: int | None
    hides: bool | None
    is_default: bool


class Styles:
    """The styles of one file. `levels`: level of heading, from 1, by the identifier of a style."""

    def __init__(self, parts: Parts) -> None:
        self._styles = {
            attribute(one, "styleId"): _read(one)
            for name in parts.of("styles")
            for one in parts.tree(name)
            if local(one) == "style"
        }
        found = {key: _level(self._chain(key)) for key, one in self._styles.items() if one.kind == "paragraph"}
        self.levels = {key: level for key, level in found.items() if level}
        self._hidden = {key for key in self._styles if _asked(self._chain(key), lambda one: one.hides)}
        usual = (key for key, one in self._styles.items() if one.kind == "paragraph" and one.is_default)
        self._usual = next(usual, "")

    def hides(self, key: str, *, is_paragraph: bool = False) -> bool:
        """Whether words in this style are hidden; a paragraph that names none is in the usual one."""
        return (key or self._usual if is_paragraph else key) in self._hidden

    def _chain(self, key: str) -> Iterator[_Style]:
        for _hop in range(_DEEPEST):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.rests_on


def _read(element: Element) -> _Style:
    outline, mark = under(element, "pPr", "outlineLvl"), under(element, "rPr", "vanish")
    level = "" if outline is None else attribute(outline, "val")
    return _Style(
        kind=attribute(element, "type"),
        name=_value(element, "name").lower(),
        rests_on=_value(element, "basedOn"),
        outline=int(level) if level.isdecimal() else None,
        hides=None if mark is None else is_on(mark),
        is_default=attribute(element, "default") in ("1", "true", "on"),
    )


def _value(element: Element, name: str) -> str:
    found = first(element, name)
    return "" if found is None else attribute(found, "val")


def _asked(chain: Iterator[_Style], what: Callable[[_Style], bool | int | None]) -> bool | int | None:
    """What the first style of a chain says that says anything."""
    return next((said for one in chain if (said := what(one)) is not None), None)


def _level(chain: Iterator[_Style]) -> int:
    return _asked(chain, _own_level) or 0


def _own_level(style: _Style) -> int | None:
    if named := _HEADING.fullmatch(style.name):
        return int(named[1])
    if style.outline is None:
        return None
    return 0 if style.outline >= _BODY else style.outline + 1
