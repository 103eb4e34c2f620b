"""The threads: one line for each agency, crossing the same time, with windows where the lines come close.

Pure. The same data gives the same picture: `across` lays one out for a page, other rooms lay out their own, and `draw`
turns any of them into SVG. A thread keeps its number everywhere, and with it its colour and its dashes, so that the
picture is also the legend (site/static/css/threads.css has the same dashes for the screen).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import pairwise

Point = tuple[float, float]

# By thread number from 1: the colour on white paper, and the dashes in units of a fifth of the boldest stroke.
PAPER_COLOURS = ("#0b5d66", "#41509e", "#7d2f63", "#b36d0c", "#4c6b1f", "#1f6fa8", "#7a5230", "#5f6b6e")
DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (20, 11),
    (0.1, 10.5),
    (15, 11, 0.1, 11),
    (6, 11),
    (15, 11, 0.1, 11, 0.1, 11),
    (28, 11, 6, 11),
    (10, 18),
)
MOST_THREADS = len(DASHES)
AGENCY_THREADS = (1, 2, 3, 4, 5)  # the five most pictures show

BEYOND = 8.0  # how far a line begins before the picture and ends after it
HANDLE = 0.45  # of a stretch: how long a line holds its direction before it bends
WIDEST_WINDOW = 116.0
CLOSEST = 20.0  # beads in a window do not touch


@dataclass(frozen=True)
class Line:
    """One thread: its number from 1, and its way as SVG path data. `length` matters for closed ways only."""

    number: int
    path: str
    length: float = 0


@dataclass(frozen=True)
class Window:
    """A moment looked at closely."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 14


@dataclass(frozen=True)
class Bead:
    """A thread's place inside a window: who was there, at that moment."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """What `draw` needs; lengths in the picture's own units."""

    width: float
    height: float
    lines: tuple[Line, ...]
    windows: tuple[Window, ...]
    beads: tuple[Bead, ...]


@dataclass(frozen=True)
class Paper:
    """How a picture looks where no stylesheet reaches: in print and in films. Widths in the picture's units.

    `strength` is how much of a far line's colour shows on the ground, 0 to 1: flat, because print does transparency
    badly. `dash_unit` is the length of one unit of DASHES; closed ways stretch theirs by a hair to show no seam.
    """

    far_width: float
    near_width: float
    dash_unit: float
    bead_radius: float
    bead_width: float
    frame_width: float
    strength: float = 0.42
    ground: str = "#ffffff"
    sheet: str = "#ffffff"
    ink: str = "#1b2a2e"
    colours: Sequence[str] = PAPER_COLOURS


def across(
    seed: str,
    *,
    threads: Sequence[int] = AGENCY_THREADS,
    windows: int = 3,
    nearness: float = 0.5,
    width: float = 560,
    height: float = 380,
) -> Picture:
    """Threads from left to right with beads in the windows they pass through.

    `threads` are 3 to 8 thread numbers from the top; `nearness`, 0 to 1, is how close they come in a window.
    Raises ValueError for another number of threads, or for no window.
    """
    if not 3 <= len(threads) <= MOST_THREADS or windows < 1 or not 0 <= nearness <= 1:
        raise ValueError("threads are 3 to 8, windows at least one, nearness between 0 and 1")
    spacing = height * 0.76 / (len(threads) - 1)
    lanes = [height * 0.12 + spacing * row for row in range(len(threads))]
    gap = min(spacing * 0.82, max(CLOSEST, spacing * (0.82 - 0.42 * nearness)))
    opened = [_window(seed, place, windows, gap, threads, width, height) for place in range(windows)]
    roam = min(spacing * 0.38, height * 0.1)  # never across a neighbour, never off the picture
    edges = [-BEYOND, *((one.x + one.width + other.x) / 2 for (one, _), (other, _) in pairwise(opened)), width + BEYOND]
    lines = []
    for row, number in enumerate(threads):
        free = [(x, lanes[row] + roam * _sway(seed, "lane", row, stop)) for stop, x in enumerate(edges)]
        way = [free[0]]
        for (_frame, beads), rest in zip(opened, free[1:], strict=True):
            way += [(beads[row].x, beads[row].y), rest]
        lines.append(Line(number, _bending(way)))
    return Picture(
        width,
        height,
        tuple(lines),
        tuple(frame for frame, _ in opened),
        tuple(bead for _, row in opened for bead in row),
    )


def passing(seed: str, *, threads: Sequence[int] = AGENCY_THREADS, width: float = 360, height: float = 164) -> Picture:
    """One open window that every thread passes by: for pages with nothing on them yet."""
    frame = Window(width * 0.38, height * 0.28, width * 0.24, height * 0.44, 12)
    above = len(threads) // 2
    spacing = height * 0.8 / (len(threads) - 1)
    lines = []
    for row, number in enumerate(threads):
        beside = frame.y - 13 * (above - row) if row < above else frame.y + frame.height + 13 * (row - above + 1)
        start, end = (height * 0.1 + spacing * row + spacing * 0.3 * _sway(seed, side, row) for side in ("from", "to"))
        way = [(-BEYOND, start), (frame.x, beside), (frame.x + frame.width, beside), (width + BEYOND, end)]
        lines.append(Line(number, _bending(way)))
    return Picture(width, height, tuple(lines), (frame,), ())


def sample(number: int) -> Picture:
    """A short straight piece of one thread, as a legend shows it."""
    return Picture(64, 12, (Line(number, "M4 6H60"),), (), ())


def draw(picture: Picture, *, name: str, paper: Paper | None = None, label: str = "") -> str:
    """The picture as an SVG element, far lines faint, and bold inside the windows.

    Without `paper` the colours, widths and dashes come from the stylesheet. `name` is unique on its page, for the
    clip's identifier. With a `label` it is an image that says so in words; without, it is decoration.
    """
    size = f'viewBox="0 0 {picture.width:g} {picture.height:g}"'
    if paper:
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    else:
        told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
        head = (
            f'<svg class="threads" {size} width="{picture.width:g}" height="{picture.height:g}" {told} '
            'focusable="false">'
        )
    body = []
    if picture.beads:
        clip = "".join(_frame(window) for window in picture.windows)
        body.append(f'<defs><clipPath id="{name}-windows">{clip}</clipPath></defs>')
        body += [_lines(picture, paper, near=False), *_frames(picture, paper)]
        body.append(f'<g clip-path="url(#{name}-windows)">{_lines(picture, paper, near=True)}</g>')
        body += [_bead(bead, paper) for bead in picture.beads]
    else:
        body += [_lines(picture, paper, near=True), *_frames(picture, paper)]
    return head + "".join(body) + "</svg>"


def tint(colour: str, strength: float, ground: str = "#ffffff") -> str:
    """A colour as it looks at this strength on the ground; all colours as #rrggbb."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(under + (over - under) * strength):02x}" for over, under in pairs)


def _window(
    seed: str, place: int, count: int, gap: float, threads: Sequence[int], width: float, height: float
) -> tuple[Window, list[Bead]]:
    """A window in its share of the width, and the beads in it from the top."""
    share = width / count
    wide = min(share * (0.56 + 0.08 * _sway(seed, "wide", place)), WIDEST_WINDOW)
    middle = share * (place + 0.5) + (share - wide) * 0.22 * _sway(seed, "along", place)
    tall = gap * (len(threads) - 1)
    rim = min(40.0, gap * 0.85)
    room = max(0.0, (height - tall) / 2 - rim - height * 0.02)
    centre = height / 2 + room * _sway(seed, "down", place)
    beads = [
        Bead(number, middle, centre - tall / 2 + gap * row + min(gap * 0.14, 5) * _sway(seed, "bead", place, row))
        for row, number in enumerate(threads)
    ]
    top, bottom = beads[0].y - rim, beads[-1].y + rim
    return Window(middle - wide / 2, top, wide, bottom - top), beads


def _sway(seed: str, *what: object) -> float:
    """A number from -1 to 1 that depends on nothing but the words."""
    words = ":".join(map(str, (seed, *what)))
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big") / 0x7FFFFFFF - 1


def _bending(way: Sequence[Point]) -> str:
    """A line through the points that is level at each, so that lines over the same stops never cross."""
    words = [f"M{way[0][0]:.1f} {way[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(way):
        hold = (to_x - x) * HANDLE
        words.append(f"C{x + hold:.1f} {y:.1f} {to_x - hold:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
    return "".join(words)


def _lines(picture: Picture, paper: Paper | None, *, near: bool) -> str:
    if paper is None:
        drawn = "".join(f'<path class="t{line.number}" d="{line.path}"/>' for line in picture.lines)
        return f'<g class="{"near" if near else "far"}">{drawn}</g>'
    width = paper.near_width if near else paper.far_width
    strength = 1 if near else paper.strength
    drawn = "".join(
        f'<path d="{line.path}" stroke="{tint(paper.colours[line.number - 1], strength, paper.ground)}"'
        f"{_dashes(line, paper)}/>"
        for line in picture.lines
    )
    return f'<g fill="none" stroke-linecap="round" stroke-width="{width:g}">{drawn}</g>'


def _dashes(line: Line, paper: Paper) -> str:
    dashes = [dash * paper.dash_unit for dash in DASHES[line.number - 1]]
    if not dashes:
        return ""
    period = sum(dashes)
    stretch = line.length / round(line.length / period) / period if line.length else 1
    return f' stroke-dasharray="{" ".join(f"{dash * stretch:.4f}" for dash in dashes)}"'


def _frames(picture: Picture, paper: Paper | None) -> Iterator[str]:
    style = (
        f'fill="{paper.sheet}" stroke="{paper.ink}" stroke-width="{paper.frame_width:g}"' if paper else 'class="window"'
    )
    return (_frame(window, style) for window in picture.windows)


def _frame(window: Window, style: str = "") -> str:
    place = f'x="{window.x:.1f}" y="{window.y:.1f}" width="{window.width:.1f}" height="{window.height:.1f}"'
    return f'<rect {place} rx="{window.radius:g}" {style}/>'


def _bead(bead: Bead, paper: Paper | None) -> str:
    place = f'cx="{bead.x:.2f}" cy="{bead.y:.2f}"'
    if paper is None:
        return f'<circle class="bead t{bead.number}" {place} r="8.5"/>'
    colour = paper.colours[bead.number - 1]
    return (
        f'<circle {place} r="{paper.bead_radius:g}" fill="{paper.sheet}" stroke="{colour}" '
        f'stroke-width="{paper.bead_width:g}"/>'
    )
