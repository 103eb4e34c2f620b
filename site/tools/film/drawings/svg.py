"""The few shapes everything is drawn with. Each function returns SVG text; lengths are pixels of a 1280 by 720 page."""

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from PIL import ImageFont

from .palette import INK

FONTS = Path(__file__).resolve().parents[3] / "toolkit/typesetting/fonts"
SERIF, SANS = "Fraunces", "Atkinson Hyperlegible Next"
_FILES = {
    (SERIF, 400): "Fraunces-560.ttf",
    (SANS, 400): "AtkinsonHyperlegibleNext-400.ttf",
    (SANS, 700): "AtkinsonHyperlegibleNext-700.ttf",
}
WIDTH, HEIGHT = 1280, 720


def element(tag: str, inner: str = "", /, **attributes: object) -> str:
    """One element; an underscore in a name stands for a hyphen, and None leaves the attribute out."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_number(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>"


def rect(x: float, y: float, width: float, height: float, fill: str = "none", *, r: float = 0, **more: object) -> str:
    return element("rect", x=x, y=y, width=width, height=height, rx=r or None, fill=fill, **more)


def disc(x: float, y: float, r: float, fill: str = "none", **more: object) -> str:
    return element("circle", cx=x, cy=y, r=r, fill=fill, **more)


def oval(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def blob(path: str, fill: str, **more: object) -> str:
    return element("path", d=path, fill=fill, **more)


def stroke(path: str, colour: str = INK, width: float = 3, **more: object) -> str:
    """A line with round ends."""
    ends: dict[str, object] = {"stroke_linecap": "round", "stroke_linejoin": "round"} | more
    return element("path", d=path, fill="none", stroke=colour, stroke_width=width, **ends)


def limb(points: Sequence[tuple[float, float]], colour: str, width: float) -> str:
    """An arm or a leg: a thick line that bends softly at its middle joints."""
    way = f"M{points[0][0]:g} {points[0][1]:g}"
    if len(points) == 3:
        (x, y), (to_x, to_y) = points[1], points[2]
        way += f"Q{x:g} {y:g} {to_x:g} {to_y:g}"
    else:
        way += "".join(f"L{x:g} {y:g}" for x, y in points[1:])
    return stroke(way, colour, width)


def group(*inner: str, x: float = 0, y: float = 0, size: float = 1, turn: float = 0, mirror: bool = False) -> str:
    """Things drawn round their own origin, put down somewhere."""
    across = -size if mirror else size
    place = f"translate({_number(x)} {_number(y)})"
    if turn:
        place += f" rotate({_number(turn)})"
    if across != 1 or size != 1:
        place += f" scale({_number(across)} {_number(size)})"
    return element("g", "".join(inner), transform=place)


def clipped(inner: str, name: str, shape: str) -> str:
    """Only what lies inside a shape; `name` is unique in its picture."""
    return element("clipPath", shape, id=name) + element("g", inner, clip_path=f"url(#{name})")


def words(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    font: str = SANS,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    **more: object,
) -> str:
    """One line of words on its base line."""
    return element(
        "text",
        escape(text),
        x=x,
        y=y,
        font_family=font,
        font_size=size,
        font_weight=weight,
        fill=fill,
        text_anchor=anchor if anchor != "start" else None,
        **more,
    )


def paragraph(
    x: float,
    y: float,
    text: str,
    size: float,
    width: float,
    *,
    leading: float = 1.25,
    font: str = SANS,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
) -> str:
    """Words broken into lines no wider than this; y is the base line of the first."""
    lines = broken(text, size, width, font, weight)
    return "".join(
        words(x, y + size * leading * row, line, size, font=font, weight=weight, fill=fill, anchor=anchor)
        for row, line in enumerate(lines)
    )


def broken(text: str, size: float, width: float, font: str = SANS, weight: int = 400) -> list[str]:
    """The text in lines of nearly equal length, as few as the width allows."""
    fewest = len(_filled(text, size, width, font, weight))
    narrow, wide = 0.0, width
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(_filled(text, size, middle, font, weight)) > fewest:
            narrow = middle
        else:
            wide = middle
    return _filled(text, size, wide, font, weight)


def length_of(text: str, size: float, font: str = SANS, weight: int = 400) -> float:
    """How wide a line of words is."""
    return _font(font, weight).getlength(text) * size / 100


def _filled(text: str, size: float, width: float, font: str, weight: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length_of(longer, size, font, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _font(font: str, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / _FILES[font, weight], 100, layout_engine=ImageFont.Layout.BASIC)


def _number(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else escape(str(value))
