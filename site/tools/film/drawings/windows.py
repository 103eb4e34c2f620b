"""Pictures made of threads: title cards, windows on a scene, who knew what, the four messages."""

from collections.abc import Sequence

from toolkit.threads import PAPER_COLOURS, Line, Paper, Picture, across, draw

from . import people
from .palette import INK, INK_2, LAKE, LINE, MARIGOLD, PAPER, PLUM, SHEET, mix
from .svg import SERIF, broken, clipped, disc, group, length_of, paragraph, rect, words

ON_PAPER = Paper(
    far_width=5,
    near_width=8.5,
    dash_unit=1.7,
    bead_radius=11,
    bead_width=6,
    frame_width=3,
    strength=0.34,
    ground=PAPER,
    sheet=SHEET,
)


def _threads(picture: Picture, name: str) -> str:
    """The threads as a part of a drawing, in the picture's own units."""
    svg = draw(picture, name=name, paper=ON_PAPER)
    return svg[svg.index(">") + 1 : -len("</svg>")]


def title(text: str, *, eyebrow: str = "", seed: str = "title", windows: int = 3, nearness: float = 0.5) -> str:
    """A title at the left, threads at the right, as on the site's own front page."""
    picture = across(seed, windows=windows, nearness=nearness, width=620, height=500)
    drawn = rect(0, 0, 1280, 720, PAPER) + group(_threads(picture, "title"), x=664, y=88)
    lines = paragraph(84, 330 if len(text) > 24 else 366, text, 84, 560, font=SERIF, leading=1.1)
    return drawn + (words(86, 232, eyebrow, 34, weight=700, fill=LAKE) if eyebrow else "") + lines


def window_on(scene: str, *, seed: str = "window", area: Sequence[float] = (0, 0, 1280), caption: str = "") -> str:
    """A scene seen through a window that the threads pass behind. `area` is the part of it: x, y, width."""
    x, y, width, height = 280.0, 72.0, 720.0, 405.0
    part = width / area[2]
    shown = group(scene, x=x - area[0] * part, y=y - area[1] * part, size=part)
    back = _threads(_behind(seed), "behind")
    frame = rect(x, y, width, height, stroke=INK, stroke_width=4, r=22)
    drawn = rect(0, 0, 1280, 720, PAPER) + back + clipped(shown, "seen", rect(x, y, width, height, r=22)) + frame
    return drawn + (words(640, 562, caption, 46, font=SERIF, anchor="middle") if caption else "")


def _behind(seed: str) -> Picture:
    wide = across(seed, windows=1, nearness=0.2, width=1280, height=560)
    return Picture(1280, 560, wide.lines, (), ())


# Each keeps a thread of their own through the film, near in hue to what they wear.
KNOWERS = {"health_visitor": 1, "nursery": 2, "neighbour": 3, "caretaker": 5}


def who_knew(rows: Sequence[tuple[str, str]], *, shown: int | None = None) -> str:
    """A thread for each person, with what that person knew in a window on it; the windows do not meet.

    `rows` are who and what they knew, from the top; `shown` of them have opened.
    """
    lanes = [122 + 134 * row for row in range(len(rows))]
    lines = tuple(_lane(KNOWERS[who], lane) for (who, _text), lane in zip(rows, lanes, strict=True))
    drawn = rect(0, 0, 1280, 720, PAPER) + _plain(lines)
    for row, (who, text) in enumerate(rows[: len(rows) if shown is None else shown]):
        drawn += _knower(who, text, KNOWERS[who], lanes[row], 220 + 130 * row)
    return drawn


def _plain(lines: tuple[Line, ...]) -> str:
    return _threads(Picture(1280, 720, lines, (), ()), "lanes")


def _lane(number: int, lane: float) -> Line:
    way = f"M-10 {lane:g}C300 {lane - 22:g} 500 {lane + 22:g} 700 {lane:g}S1100 {lane - 16:g} 1290 {lane:g}"
    return Line(number, way)


def _knower(who: str, text: str, number: int, lane: float, x: float) -> str:
    colour = PAPER_COLOURS[number - 1]
    face = clipped(
        group(people.bust(who, turn=0.4), x=112, y=lane + 2, size=0.72), f"face-{who}", disc(112, lane, 56, "#000")
    )
    face = disc(112, lane, 56, mix(colour, 0.2)) + face + disc(112, lane, 58, stroke=colour, stroke_width=6)
    label = rect(x, lane - 44, length_of(text, 42) + 68, 88, SHEET, r=16, stroke=INK, stroke_width=3)
    return face + label + words(x + 34, lane + 14, text, 42)


def message(number: int, text: str, scene: str, *, area: Sequence[float] = (0, 0, 1280), eyebrow: str = "") -> str:
    """One of the four messages: its number and words, and a scene in a window beside them."""
    x, y, width, height = 700.0, 110.0, 500.0, 450.0
    part = max(width / area[2], height / (area[2] * height / width))
    shown = group(scene, x=x - area[0] * part, y=y - area[1] * part, size=part)
    drawn = (
        rect(0, 0, 1280, 720, PAPER)
        + clipped(shown, "seen", rect(x, y, width, height, r=22))
        + rect(x, y, width, height, stroke=INK, stroke_width=4, r=22)
    )
    drawn += words(80, 226, str(number), 130, font=SERIF, fill=PLUM) + paragraph(
        84, 330, text, 58, 560, font=SERIF, leading=1.16
    )
    return drawn + "".join(rect(84 + 44 * n, 560, 30, 12, MARIGOLD if n < number else LINE, r=6) for n in range(4))


def question(text: str, *, seed: str = "question") -> str:
    """One sentence alone over quiet threads."""
    wide = across(seed, windows=1, nearness=0.9, width=1280, height=720)
    quiet = "".join(
        f'<path d="{line.path}" fill="none" stroke="{mix(PAPER_COLOURS[line.number - 1], 0.16)}" stroke-width="7"/>'
        for line in wide.lines
    )
    more = max(0, len(broken(text, 66, 900, SERIF)) - 2)  # lines beyond two
    sheet = rect(170, 190 - 40 * more, 940, 300 + 80 * more, PAPER, r=26, opacity=0.86)
    return (
        rect(0, 0, 1280, 720, PAPER)
        + quiet
        + sheet
        + paragraph(640, 320 - 40 * more, text, 66, 900, font=SERIF, leading=1.2, anchor="middle", fill=INK)
    )


def last_card(text: str, below: Sequence[str]) -> str:
    """The mark of two windows, a title, and what has to be said at the end."""
    mark = (
        rect(-58, -58, 74, 74, stroke=LAKE, stroke_width=11, r=20)
        + rect(-16, -16, 74, 74, stroke=PLUM, stroke_width=11, r=20)
        + rect(-16, -16, 32, 32, MARIGOLD, r=5)
    )
    said = "".join(
        words(640, 470 + 54 * row, line, 36, font=SERIF, anchor="middle", fill=INK_2) for row, line in enumerate(below)
    )
    return (
        rect(0, 0, 1280, 720, PAPER)
        + group(mark, x=640, y=204, size=1.2)
        + words(640, 380, text, 72, font=SERIF, anchor="middle")
        + said
    )
