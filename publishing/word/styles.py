"""Which paragraph styles of a Word file are headings, of which level: by name, outline, or what they rest on."""

import re
from dataclasses import dataclass

from .parts import Parts

_HEADING = re.compile(r"heading (\d)")
_DEEPEST = 12  # Word itself follows no more
_BODY = 9  # the outline level of running text, from 0


@dataclass(frozen=True)
class _Style:
    name: str
    rests_on: str
    outline: int | None


_NONE = _Style("", "", None)


def levels_of(parts: Parts) -> dict[str, int]:
    """Level of heading, from 1, by the identifier of a style."""
    styles: dict[str, _Style] = {}
    for name in parts.of("styles"):
        for one in parts.tree(name):
            if one.tag.endswith("}style") and _value(one, "type") == "paragraph":
                styles[_value(one, "styleId")] = _style(one)
    found = {key: _level(key, styles) for key in styles}
    return {key: level for key, level in found.items() if level}


def _style(element: "object") -> _Style:
    name, rests_on, outline = "", "", None
    for one in element.iter():  # type: ignore[attr-defined]
        tag = one.tag.rpartition("}")[2]
        if tag == "name":
            name = _value(one, "val").lower()
        elif tag == "basedOn":
            rests_on = _value(one, "val")
        elif tag == "outlineLvl" and _value(one, "val").isdecimal():
            outline = int(_value(one, "val"))
    return _Style(name, rests_on, outline)


def _level(key: str, styles: dict[str, _Style]) -> int:
    for _hop in range(_DEEPEST):
        style = styles.get(key, _NONE)
        if named := _HEADING.fullmatch(style.name):
            return int(named[1])
        if style.outline is not None:
            return 0 if style.outline >= _BODY else style.outline + 1
        key = style.rests_on
    return 0


def _value(element: "object", name: str) -> str:
    attributes = element.attrib.items()  # type: ignore[attr-defined]
    return next((value for key, value in attributes if key.rpartition("}")[2] == name), "")
