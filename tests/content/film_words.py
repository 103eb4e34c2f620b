"""The words in a drawing as they stand on the page: how large, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from xml.etree import ElementTree

from tools.film.drawings.svg import SERIF, length_of
from tools.film.render import whole

Matrix = tuple[float, float, float, float, float, float]
AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Words:
    """One line of words: its size and its corners, in units of the 1280 by 720 page."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float


def words_in(drawing: str) -> list[Words]:
    """Every line of words of a drawing, wherever it was put down."""
    return list(_walk(ElementTree.fromstring(whole(drawing)), AS_IT_IS))


def _walk(element: ElementTree.Element, outer: Matrix) -> Iterator[Words]:
    matrix = _after(outer, element.get("transform", ""))
    if element.tag.endswith("text"):
        yield _placed(element, matrix)
    for inner in element:
        yield from _walk(inner, matrix)


def _placed(element: ElementTree.Element, matrix: Matrix) -> Words:
    font, size = element.get("font-family", ""), float(element.get("font-size", 0))
    weight = 400 if font == SERIF else int(element.get("font-weight", 400))
    wide = length_of(element.text or "", size, font, weight)
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    left = x - {"middle": wide / 2, "end": wide}.get(element.get("text-anchor", ""), 0)
    a, b, c, d, e, f = matrix
    corners = [(a * px + c * py + e, b * px + d * py + f) for px in (left, left + wide) for py in (y, y - size * 0.7)]
    across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Words(element.text or "", size * hypot(c, d), min(across), max(across), min(down), max(down))


def _after(outer: Matrix, transform: str) -> Matrix:
    for name, said in re.findall(r"(\w+)\(([^)]*)\)", transform):
        outer = _times(outer, _one(name, [float(value) for value in said.split()]))
    return outer


def _one(name: str, said: list[float]) -> Matrix:
    match name:
        case "translate":
            return (1, 0, 0, 1, said[0], said[1])
        case "rotate":
            turn = radians(said[0])
            return (cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
        case "scale":
            return (said[0], 0, 0, said[1], 0, 0)
    raise ValueError(f"“{name}” is no transform the drawings use")


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
