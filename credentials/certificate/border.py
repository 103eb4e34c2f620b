"""The certificate's edge: five threads, one for each agency, round an A4 page laid wide.

Pure: the same seed draws the same picture. Lengths are millimetres; places along the edge are counted clockwise
from the middle of the top. toolkit.threads draws it, with the colours and dashes that each agency keeps everywhere.
"""

from hashlib import sha256
from math import cos, exp, hypot, pi, sin, tau

from toolkit.threads import AGENCY_THREADS, Bead, Line, Paper, Picture, Point, Window, draw

WIDTH, HEIGHT = 297.0, 210.0
INSET = 14.0  # from the paper's edge to the middle thread; office printers reach to about 5
CORNER = 13.0
SPACING = 2.5
SWAY = 1.0  # twice this stays under SPACING, so that neighbours never touch
WAVES = (9, 12, 10, 13, 11)  # how often each thread sways on its way round
STEP = 3.0

CLOSE = 0.74  # how much nearer together the threads run inside a window
WINDOW_LENGTH, WINDOW_DEPTH = 30.0, 13.2
# Where along the edge the threads are looked at closely: (x, y), both on sides that run across the page.
WINDOWS = ((222.0, INSET), (76.0, HEIGHT - INSET))

PAPER = Paper(
    far_width=0.42, near_width=0.78, dash_unit=0.156, bead_radius=0.85, bead_width=0.46, frame_width=0.42, strength=0.6
)


def border_svg(seed: str) -> str:
    """The whole edge as an SVG of the page's size. Decorative: it says nothing that the words do not."""
    return draw(_border(seed), name="edge", paper=PAPER)


def _border(seed: str) -> Picture:
    sway = sha256(seed.encode()).digest()
    lines = [_line(number, _thread(row, sway[row] / 255)) for row, number in enumerate(AGENCY_THREADS)]
    frames = [Window(x - WINDOW_LENGTH / 2, y - WINDOW_DEPTH / 2, WINDOW_LENGTH, WINDOW_DEPTH, 3) for x, y in WINDOWS]
    return Picture(WIDTH, HEIGHT, tuple(lines), tuple(frames), tuple(_beads()))


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


def _place(row: int, along: float, phase: float) -> Point:
    """Where a thread runs: it sways freely, and holds still and close where a window opens."""
    (x, y), (out_x, out_y) = _edge(along)
    stillness = max(exp(-((hypot(x - at_x, y - at_y) / 21) ** 6)) for at_x, at_y in WINDOWS)
    free = SWAY * sin(tau * (WAVES[row] * along / _round_length() + phase))
    offset = (row - 2) * SPACING * (1 - (1 - CLOSE) * stillness) + free * (1 - stillness)
    return x - offset * out_x, y - offset * out_y


def _thread(row: int, phase: float) -> list[Point]:
    steps = round(_round_length() / STEP)
    return [_place(row, _round_length() * step / steps, phase) for step in range(steps)]


def _line(number: int, points: list[Point]) -> Line:
    """A smooth closed line through the points (Catmull-Rom), and about how long it is."""
    words, length, count = [f"M{_pair(points[0])}"], 0.0, len(points)
    for index, here in enumerate(points):
        before, there, after = points[index - 1], points[(index + 1) % count], points[(index + 2) % count]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        words.append(f"C{_pair(first)} {_pair(second)} {_pair(there)}")
        length += hypot(there[0] - here[0], there[1] - here[1])
    return Line(number, "".join(words) + "Z", length)


def _pair(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"


def _beads() -> list[Bead]:
    """A bead on every thread in the middle of every window: who was there, at that moment."""
    beads = []
    for x, y in WINDOWS:
        outwards = -1 if y < HEIGHT / 2 else 1
        for row, number in enumerate(AGENCY_THREADS):
            beads.append(Bead(number, x, y + (2 - row) * SPACING * CLOSE * outwards))
    return beads
