"""The rooms of a review: round a table, in two chairs, and outside the door."""

from collections.abc import Sequence

from . import people, things
from .palette import CLAY, INK, IRIS, LAKE, LINE, MARIGOLD, MOSS, PAPER, PLUM, SHEET, SLATE, WOOD, mix
from .svg import blob, disc, group, length_of, oval, rect, stroke, words

TABLE = mix(WOOD, 0.5, PAPER)
WALLS = {"library": mix(LAKE, 0.2, PAPER), "hall": mix(MARIGOLD, 0.26, PAPER), "board": mix(IRIS, 0.26, PAPER)}
EDGE = 470  # where the far edge of the table is


def table_of(
    seated: Sequence[str],
    *,
    room: str = "library",
    signs: Sequence[str] = (),
    looks: Sequence[float] = (),
    calm: bool = False,
    eyes: str = "open",
) -> str:
    """People side by side behind a long table. `signs` stand before them, `looks` say where each one looks, -1 to 1.

    `calm` is without a smile, `eyes` may be down. With nobody seated there are empty chairs.
    """
    drawn = _wall(room) + ("" if seated else _chairs())
    step = 1180 / max(1, len(seated))
    size = min(1.0, step / 232)
    for place, who in enumerate(seated):
        turn = looks[place] if looks else 0.0
        drawn += group(
            people.bust(who, turn=turn, smile=not calm, eyes=eyes),
            x=50 + step * (place + 0.5),
            y=EDGE - 186 * size,
            size=size,
        )
    drawn += _long_table() + "".join(
        group(_hands(who), x=50 + step * (place + 0.5), y=EDGE - 186 * size, size=size)
        for place, who in enumerate(seated)
    )
    return drawn + "".join(_sign(50 + step * (place + 0.5), text) for place, text in enumerate(signs))


def _hands(who: str) -> str:
    left = people.arm(who, (-82, 146), (-112, 226), (-34, 218), width=40)
    return left + people.arm(who, (82, 146), (112, 226), (34, 218), width=40)


def _wall(room: str) -> str:
    wall = rect(0, 0, 1280, 720, WALLS[room])
    if room == "library":
        return wall + _rain_window(90, 60) + group(_shelf(), x=1010, y=96)
    if room == "hall":
        return wall + _rain_window(480, 40, rain=False) + group(things.clock(10, 5), x=150, y=140, size=0.8)
    panel = "".join(rect(x, 56, 250, 300, mix(IRIS, 0.34, PAPER), r=8) for x in (70, 370, 670, 970))
    return wall + panel


def _rain_window(x: float, y: float, *, rain: bool = True) -> str:
    """A wide window; on wet days the rain runs down it."""
    pane = rect(x, y, 320, 230, mix(SLATE if rain else LAKE, 0.3, SHEET))
    drops = "".join(
        stroke(f"M{x + 24 + 46 * n} {y + 26 + 37 * (n * 3 % 5)}l-10 34", mix(LAKE, 0.5, SHEET), 5) for n in range(7)
    )
    frame = rect(x, y, 320, 230, stroke=SHEET, stroke_width=18, r=6) + rect(x + 154, y, 12, 230, SHEET)
    return pane + (drops if rain else "") + frame + rect(x - 24, y + 236, 368, 18, SHEET, r=5)


def _shelf() -> str:
    """Books on two boards."""
    colours = (LAKE, CLAY, MARIGOLD, PLUM, MOSS, IRIS, SLATE)
    drawn = ""
    for row in range(2):
        foot = 96 + 132 * row
        drawn += rect(-150, foot, 300, 12, mix(WOOD, 0.8, PAPER), r=4)
        for n in range(9):
            tall = 62 + 9 * ((n * 5 + row * 3) % 4)
            drawn += rect(-138 + 30 * n, foot - tall, 24, tall, mix(colours[(n + 3 * row) % 7], 0.66, PAPER), r=3)
    return drawn


def _chairs() -> str:
    places = [164 + 144 * n for n in range(7)]
    backs = "".join(rect(x, 336, 104, 190, mix(IRIS, 0.62, PAPER), r=26) for x in places)
    return backs + "".join(rect(x + 16, 360, 72, 10, mix(IRIS, 0.4), r=5) for x in places)


def _long_table() -> str:
    top = blob(f"M60 {EDGE}L1220 {EDGE}L1330 {EDGE + 78}L-50 {EDGE + 78}Z", TABLE)
    front = rect(-50, EDGE + 78, 1380, 300, mix(WOOD, 0.62, PAPER)) + rect(
        -50, EDGE + 78, 1380, 14, mix(WOOD, 0.74, PAPER)
    )
    return top + front


def _sign(x: float, text: str) -> str:
    """A folded card with the name of an agency."""
    long = length_of(text, 34, weight=700) + 36
    card = rect(x - long / 2, EDGE + 46, long, 66, SHEET, r=6, stroke=INK, stroke_width=3)
    return card + words(x, EDGE + 91, text, 34, weight=700, anchor="middle")


def conversation(
    left: str,
    right: str,
    *,
    room: str = "quiet",
    look: Sequence[float] = (0.7, -0.7),
    eyes: Sequence[str] = ("open", "open"),
    smiles: Sequence[bool] = (True, True),
    reads: bool = False,
) -> str:
    """Two people in two chairs. `room`: quiet, or flat for a home that has just been moved into.

    With `reads` the one on the left holds a page.
    """
    drawn = _flat() if room == "flat" else _quiet()
    for place, (who, x) in enumerate(((left, 400), (right, 880))):
        drawn += group(_in_armchair(who, look[place], eyes[place], smiles[place]), x=x, y=236, size=0.94)
    page = group(rect(-62, -84, 124, 150, SHEET, r=4), _print(), *_thumbs(left), x=400, y=456, turn=-3) if reads else ""
    return drawn + page + group(_low_table(), x=640, y=560)


def _thumbs(who: str) -> list[str]:
    return [disc(x, 34, 17, people.LOOKS[who].skin) for x in (-60, 60)]


def _print() -> str:
    return "".join(
        stroke(f"M-42 {-54 + 22 * row}L{(42, 30, 38, 42, 20)[row]} {-54 + 22 * row}", LINE, 7) for row in range(5)
    )


def _in_armchair(who: str, turn: float, eyes: str, smile: bool) -> str:
    cloth = mix(MOSS, 0.62, PAPER)
    seat = rect(-150, 40, 300, 350, mix(MOSS, 0.5, PAPER), r=54)
    sides = rect(-190, 190, 76, 210, cloth, r=34) + rect(114, 190, 76, 210, cloth, r=34)
    body = people.bust(who, turn=turn, eyes=eyes, smile=smile)
    look = people.LOOKS[who]
    lap = rect(-104, 262, 208, 76, look.legs, r=30)
    legs = "".join(people.limb([(x, 312), (x * 1.1, 404)], look.legs, 44) for x in (-46, 46))
    shoes = oval(-54, 420, 32, 15, INK) + oval(54, 420, 32, 15, INK)
    return seat + legs + shoes + lap + body + people.folded_arms(who) + sides


def _quiet() -> str:
    floor = rect(0, 596, 1280, 124, mix(WOOD, 0.34, PAPER)) + rect(0, 586, 1280, 14, SHEET)
    rug = oval(640, 668, 520, 46, mix(PLUM, 0.26, PAPER))
    return (
        rect(0, 0, 1280, 720, mix(PLUM, 0.14, PAPER))
        + _rain_window(480, 60)
        + group(things.clock(10, 15), x=1130, y=150, size=0.72)
        + floor
        + rug
        + group(things.plant(), x=130, y=594, size=1.5)
    )


def _flat() -> str:
    """A room with boxes still to unpack."""
    floor = rect(0, 596, 1280, 124, mix(WOOD, 0.36, PAPER)) + rect(0, 586, 1280, 14, SHEET)
    boxes = group(box(), x=100, y=640, size=1.2) + group(box(), x=112, y=538, size=0.9) + group(box(), x=1190, y=640)
    picture = group(
        rect(-70, -60, 140, 120, SHEET, r=4), disc(-18, -8, 24, CLAY), disc(26, 8, 18, MARIGOLD), x=250, y=170
    )
    return (
        rect(0, 0, 1280, 720, mix(MARIGOLD, 0.24, PAPER)) + _rain_window(480, 60, rain=False) + picture + floor + boxes
    )


def box() -> str:
    """A removal box standing on the origin."""
    card = mix(WOOD, 0.5, mix(MARIGOLD, 0.2, PAPER))
    return (
        rect(-70, -100, 140, 100, card, r=5)
        + rect(-70, -100, 140, 20, mix(WOOD, 0.66, PAPER), r=5)
        + rect(-10, -100, 20, 44, LINE)
    )


def _low_table() -> str:
    legs = stroke("M-70 0L-84 96M70 0L84 96", mix(WOOD, 0.8, PAPER), 13)
    top = oval(0, 0, 128, 30, TABLE) + oval(0, -6, 128, 28, mix(WOOD, 0.42, PAPER))
    return legs + top + group(things.mug(), x=-58, y=-8, size=0.8) + group(things.mug(MARIGOLD), x=62, y=-8, size=0.8)


def waiting(who: str) -> str:
    """Somebody on a bench outside a door, early, with a letter."""
    wall = (
        rect(0, 0, 1280, 720, mix(LAKE, 0.18, PAPER))
        + rect(0, 600, 1280, 120, mix(SLATE, 0.3))
        + rect(0, 590, 1280, 14, SHEET)
    )
    door = rect(820, 90, 270, 510, mix(WOOD, 0.7, PAPER), r=6) + rect(
        860, 140, 190, 190, mix(MARIGOLD, 0.4, SHEET), r=6
    )
    door += disc(852, 380, 12, MARIGOLD)
    bench = rect(230, 470, 470, 26, mix(WOOD, 0.74, PAPER), r=8) + stroke(
        "M270 496L270 610M660 496L660 610", mix(INK, 0.7), 13
    )
    seated = group(people.at_table(who, turn=0.5, smile=False), x=440, y=196, size=0.92)
    hold = people.arm(who, (-82, 146), (-112, 232), (-34, 234), width=42) + people.arm(
        who, (82, 146), (112, 232), (34, 234), width=42
    )
    letter = group(
        rect(-58, -40, 116, 80, SHEET, r=4), stroke("M-40-16L40-16M-40 0L40 0M-40 16L10 16", LINE, 6), x=440, y=416
    )
    return wall + door + bench + seated + letter + group(hold, x=440, y=196, size=0.92)


def flip_chart(lines: Sequence[str], *, who: str = "reviewer") -> str:
    """What has been agreed, on a sheet on its stand; somebody beside it with a pen."""
    ground = rect(0, 0, 1280, 720, WALLS["library"]) + rect(0, 620, 1280, 100, mix(WOOD, 0.34, PAPER))
    stand = stroke("M500 560L430 716M1120 560L1190 716", mix(INK, 0.75), 15)
    sheet = rect(420, 60, 780, 520, SHEET, r=8, stroke=INK, stroke_width=4) + rect(
        420, 60, 780, 34, mix(SLATE, 0.7), r=8
    )
    said = "".join(
        disc(492, 192 + 130 * row, 32, mix(MARIGOLD, 0.5, SHEET))
        + words(492, 205 + 130 * row, str(row + 1), 38, weight=700, anchor="middle")
        + words(548, 206 + 130 * row, text, 44)
        for row, text in enumerate(lines)
    )
    person = group(people.walking(who, turn=0.6, step=0.5, right=(132, 190)), x=230, y=160, size=0.84)
    return ground + stand + sheet + said + person
