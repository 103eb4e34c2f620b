"""The certificate's edge: five threads, one for each agency, round an A4 page laid wide.

Pure: the same seed draws the same picture. Lengths are millimetres; places along the edge are counted clockwise
from the middle of the top. Colours and dashes are those of site/static/css (tokens.css, threads.css), because the
picture is also the legend: each agency keeps both everywhere.
"""

from hashlib import sha256
from math import cos, exp, hypot, pi, sin, tau

WIDTH, HEIGHT = 297.0, 210.0
INSET = 14.0  # from the paper's edge to the middle thread; office printers reach to about 5
CORNER = 13.0
SPACING = 2.5
SWAY = 1.0  # twice this stays under SPACING, so that neighbours never touch
WAVES = (9, 12, 10, 13, 11)  # how often each thread sways on its way round
STEP = 3.0

THREADS = (
    ("#0b5d66", ()),
    ("#41509e", (20, 11)),
    ("#7d2f63", (0.1, 10.5)),
    ("#b36d0c", (15, 11, 0.1, 11)),
    ("#4c6b1f", (6, 11)),
)
DASH_UNIT = 0.156  # one unit of the screen's dashes: its boldest stroke is 5 units, ours 0.78 mm

CLOSE = 0.74  # how much nearer together the threads run inside a window
WINDOW_LENGTH, WINDOW_DEPTH = 30.0, 13.2
# Where along the edge the threads are looked at closely: (x, y, whether the edge runs across the page there).
WINDOWS = ((222.0, INSET, True), (76.0, HEIGHT - INSET, True))

Point = tuple[float, float]


def border_svg(seed: str) -> str:
    """The whole edge as an SVG of the page's size. Decorative: it says nothing that the words do not."""
    sway = sha256(seed.encode()).digest()
    paths = [_path(_thread(number, sway[number] / 255)) for number in range(len(THREADS))]
    clips = "".join(_window(*window, "") for window in WINDOWS)
    frames = "".join(_window(*window, ' fill="#ffffff" stroke="#1b2a2e" stroke-width="0.42"') for window in WINDOWS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<defs><clipPath id="windows">{clips}</clipPath></defs>'
        f"{_strokes(paths, width=0.42, strength=0.6)}{frames}"
        f'<g clip-path="url(#windows)">{_strokes(paths, width=0.78, strength=1)}</g>{_beads(sway)}</svg>'
    )


def _edge(along: float) -> tuple[Point, Point]:
    """A place on the middle thread's line and its outward direction."""
    across, down = WIDTH / 2 - INSET - CORNER, HEIGHT - 2 * (INSET + CORNER)
    turn = CORNER * pi / 2
    left, right, top, bottom = INSET, WIDTH - INSET, INSET, HEIGHT - INSET
    for length, start, heading in (
        (across, (WIDTH / 2, top), 0),
        (down, (right, top + CORNER), 1),
        (2 * across, (right - CORNER, bottom), 2),
        (down, (left, bottom - CORNER), 3),
        (across, (left + CORNER, top), 4),
    ):
        facing = heading * pi / 2
        out = (sin(facing), -cos(facing))
        if along <= length or heading == 4:
            return (start[0] + along * cos(facing), start[1] + along * sin(facing)), out
        along -= length
        if along <= turn:
            end = (start[0] + length * cos(facing), start[1] + length * sin(facing))
            angle = facing + along / CORNER
            lean = (sin(angle), -cos(angle))
            return (
                end[0] - CORNER * out[0] + CORNER * lean[0],
                end[1] - CORNER * out[1] + CORNER * lean[1],
            ), lean
        along -= turn
    raise AssertionError("the last side takes what is left")


def _round_length() -> float:
    return 2 * (WIDTH + HEIGHT - 4 * INSET - 4 * CORNER) + tau * CORNER


def _place(number: int, along: float, phase: float) -> Point:
    """Where a thread runs: it sways freely, and holds still and close where a window opens."""
    (x, y), (out_x, out_y) = _edge(along)
    stillness = max(exp(-((hypot(x - at_x, y - at_y) / 21) ** 6)) for at_x, at_y, _ in WINDOWS)
    free = SWAY * sin(tau * (WAVES[number] * along / _round_length() + phase))
    offset = (number - 2) * SPACING * (1 - (1 - CLOSE) * stillness) + free * (1 - stillness)
    return x - offset * out_x, y - offset * out_y


def _thread(number: int, phase: float) -> list[Point]:
    steps = round(_round_length() / STEP)
    return [_place(number, _round_length() * step / steps, phase) for step in range(steps)]


def _path(points: list[Point]) -> tuple[str, float]:
    """A smooth closed line through the points (Catmull-Rom), and about how long it is."""
    words, length, count = [f"M{_pair(points[0])}"], 0.0, len(points)
    for index, here in enumerate(points):
        before, there, after = points[index - 1], points[(index + 1) % count], points[(index + 2) % count]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        words.append(f"C{_pair(first)} {_pair(second)} {_pair(there)}")
        length += hypot(there[0] - here[0], there[1] - here[1])
    return "".join(words) + "Z", length


def _pair(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _strokes(paths: list[tuple[str, float]], *, width: float, strength: float) -> str:
    drawn = []
    for (line, length), (colour, dashes) in zip(paths, THREADS, strict=True):
        dash = f' stroke-dasharray="{_closing(dashes, length)}"' if dashes else ""
        drawn.append(f'<path d="{line}" stroke="{_tint(colour, strength)}"{dash}/>')
    return f'<g fill="none" stroke-linecap="round" stroke-width="{width:g}">{"".join(drawn)}</g>'


def _closing(dashes: tuple[float, ...], length: float) -> str:
    """The dashes, stretched by a hair so that a whole number of them goes round and no seam shows."""
    period = sum(dashes) * DASH_UNIT
    stretch = length / round(length / period) / period
    return " ".join(f"{dash * DASH_UNIT * stretch:.4f}" for dash in dashes)


def _tint(colour: str, strength: float) -> str:
    """The colour as it looks at this strength on white; flat, because print does transparency badly."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)


def _window(x: float, y: float, runs_across: bool, style: str) -> str:
    wide, high = (WINDOW_LENGTH, WINDOW_DEPTH) if runs_across else (WINDOW_DEPTH, WINDOW_LENGTH)
    return f'<rect x="{x - wide / 2:g}" y="{y - high / 2:g}" width="{wide:g}" height="{high:g}" rx="3"{style}/>'


def _beads(sway: bytes) -> str:
    """A bead on every thread in the middle of every window: who was there, at that moment."""
    beads = []
    for x, y, runs_across in WINDOWS:
        outwards = -1 if (y < HEIGHT / 2 if runs_across else x < WIDTH / 2) else 1
        for number, (colour, _dashes) in enumerate(THREADS):
            offset = (2 - number) * SPACING * CLOSE * outwards
            at = (x, y + offset) if runs_across else (x + offset, y)
            beads.append(
                f'<circle cx="{at[0]:.2f}" cy="{at[1]:.2f}" r="0.85" fill="#ffffff" stroke="{colour}" '
                'stroke-width="0.46"/>'
            )
    return "".join(beads)
