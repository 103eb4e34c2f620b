"""Things people hold, use and sit at, each drawn round its own origin."""

from math import cos, radians, sin

from .palette import (
    AMBER,
    BLUE,
    CLAY,
    CLAY_WASH,
    INK,
    INK_2,
    IRIS,
    LAKE,
    LAKE_WASH,
    LINE,
    MARIGOLD,
    MARIGOLD_WASH,
    MOSS,
    MOSS_WASH,
    PAPER,
    PLUM,
    SHEET,
    SLATE,
    WOOD,
    mix,
)
from .svg import SERIF, blob, disc, group, limb, oval, rect, stroke, words

MARKED_DAY = 17
OAK = mix(WOOD, 0.52, MARIGOLD_WASH)
OAK_DARK = mix(WOOD, 0.78, MARIGOLD_WASH)


def lying_book(*, opened: bool = False) -> str:
    """The red book on a table, the same way seen as the table is."""
    if not opened:
        return (
            blob("M-62-26L56-26L74 12L-70 12Z", CLAY)
            + blob("M-70 12L74 12L74 22L-70 22Z", mix(CLAY, 0.75, INK))
            + blob("M-20-18L38-18L44-4L-22-4Z", CLAY_WASH)
        )
    pages = blob("M-104-34L-2-30L-2 22L-126 18Z", SHEET) + blob("M2-30L104-34L126 18L2 22Z", SHEET)
    cover = blob("M-110-38L110-38L136 26L-136 26Z", CLAY)
    lines = "".join(
        stroke(
            f"M{-92 - 6 * row} {-20 + 11 * row}L-14 {-17 + 11 * row}"
            f"M14 {-17 + 11 * row}L{92 + 6 * row} {-20 + 11 * row}",
            LINE,
            4,
        )
        for row in range(4)
    )
    return cover + pages + lines


def bricks(*, tall: int = 3) -> str:
    """A tower of wooden bricks on the origin, and two beside it."""
    colours = (LAKE, MARIGOLD, PLUM, MOSS, CLAY, IRIS)
    tower = "".join(_brick(4 * (row % 2) - 2, -44 * (row + 1), colours[row % 6]) for row in range(tall))
    return tower + _brick(62, -44, MOSS) + group(_brick(-22, -22, IRIS), x=-58, y=-20, turn=14)


def _brick(x: float, y: float, colour: str) -> str:
    return rect(x, y, 44, 44, colour, r=5) + rect(x, y + 34, 44, 10, mix(colour, 0.82, INK), r=5)


def mug(colour: str = IRIS) -> str:
    """A mug standing on the origin."""
    handle = stroke("M24-40Q48-42 46-24Q44-10 22-12", colour, 8)
    return (
        handle
        + blob("M-26-54L26-54L23-4Q22 0 16 0L-16 0Q-22 0-23-4Z", colour)
        + rect(-26, -40, 51, 8, mix(colour, 0.6))
    )


def plate() -> str:
    """Toast fingers on a plate."""
    toast = "".join(
        group(rect(-30, -7, 60, 14, OAK, r=4), x=x, y=y, turn=t) for x, y, t in ((-12, -14, 8), (16, -10, -14))
    )
    return oval(0, -4, 74, 17, SHEET) + oval(0, -6, 52, 10, LAKE_WASH) + toast


def table(width: float = 560, height: float = 170) -> str:
    """A kitchen table a little from above: the near edge of its top at the origin, the far edge 62 higher."""
    half = width / 2
    legs = rect(-half + 30, 10, 28, height, OAK_DARK, r=5) + rect(half - 58, 10, 28, height, OAK_DARK, r=5)
    top = blob(f"M{-half + 54:g} -62L{half - 54:g} -62L{half:g} 2L{-half:g} 2Z", OAK)
    return (
        legs
        + rect(-half + 18, 10, width - 36, 36, OAK_DARK)
        + top
        + rect(-half - 3, 0, width + 6, 20, mix(WOOD, 0.66, MARIGOLD_WASH), r=7)
    )


def chair(*, back: bool = True) -> str:
    """A wooden chair with its seat at the origin, 160 wide, standing 150 lower."""
    frame = "".join(limb([(x, 0), (x * 1.12, 150)], OAK_DARK, 14) for x in (-62, 62))
    if back:
        frame += limb([(-64, 0), (-66, -170)], OAK_DARK, 14) + limb([(64, 0), (66, -170)], OAK_DARK, 14)
        frame += stroke("M-66-160L66-160M-65-110L65-110", OAK_DARK, 16)
    return frame + rect(-80, -10, 160, 24, OAK, r=10)


def bag(colour: str = PLUM) -> str:
    """A working bag with a card and a brick showing, standing on the origin."""
    handles = stroke("M-52-100Q-46-172 0-172Q46-172 52-100", mix(colour, 0.8, INK), 11)
    inside = group(rect(-26, -60, 52, 70, SHEET, r=5), disc(0, -34, 12, MARIGOLD), x=-22, y=-84, turn=-9)
    inside += group(rect(-17, -17, 34, 34, LAKE, r=4), x=34, y=-108, turn=18)
    return (
        handles
        + inside
        + blob("M-84-104L84-104L94-8Q94 0 86 0L-86 0Q-94 0-94-8Z", colour)
        + rect(-86, -92, 172, 12, mix(colour, 0.82, INK))
    )


def phone(inner: str) -> str:
    """A telephone 250 by 470 round the origin; what it shows is drawn round the same origin."""
    glass = rect(-110, -215, 220, 430, SHEET, r=18)
    return rect(-125, -235, 250, 470, INK, r=32) + glass + inner + rect(-28, -226, 56, 5, INK_2, r=3)


def clock(hour: int, minute: int, *, size: float = 1) -> str:
    """A wall clock of radius 80."""
    marks = "".join(
        stroke(f"M{66 * sin(a):.2f} {-66 * cos(a):.2f}L{58 * sin(a):.2f} {-58 * cos(a):.2f}", INK_2, 4)
        for a in (radians(30 * n) for n in range(12))
    )
    long, short = radians(6 * minute), radians(30 * (hour % 12) + minute / 2)
    hands = stroke(f"M0 0L{52 * sin(long):.2f} {-52 * cos(long):.2f}", INK, 6)
    hands += stroke(f"M0 0L{34 * sin(short):.2f} {-34 * cos(short):.2f}", INK, 9)
    return group(disc(0, 0, 80, SHEET, stroke=INK, stroke_width=6), marks, hands, disc(0, 0, 7, CLAY), size=size)


def lamp() -> str:
    """A desk lamp standing on the origin, lighting what is under it."""
    glow = blob("M-92-166L92-166L210 0L-210 0Z", MARIGOLD, opacity=0.28)
    stand = rect(-46, -10, 92, 12, INK, r=6) + stroke("M0-10L0-166", INK, 8)
    return glow + stand + blob("M-46-236L46-236L96-160L-96-160Z", AMBER)


def plant() -> str:
    """A plant in a pot standing on the origin."""
    leaves = "".join(
        group(blob("M0 0Q-24-40 0-92Q24-40 0 0Z", colour), y=-52, turn=turn)
        for turn, colour in ((-46, MOSS), (-18, mix(MOSS, 0.75)), (14, MOSS), (44, mix(MOSS, 0.75)))
    )
    return (
        leaves
        + blob("M-38-60L38-60L30-4Q29 0 24 0L-24 0Q-29 0-30-4Z", CLAY)
        + rect(-44, -68, 88, 16, mix(CLAY, 0.85, INK), r=4)
    )


def jars() -> str:
    """Three jars on a shelf at the origin, 230 wide."""
    drawn = rect(-130, 0, 260, 12, OAK_DARK, r=4)
    for x, tall, colour in ((-84, 74, MARIGOLD), (-14, 92, CLAY), (60, 66, MOSS)):
        drawn += rect(x - 26, -tall, 52, tall, mix(colour, 0.55, PAPER), r=8) + rect(
            x - 22, -tall - 12, 44, 14, INK_2, r=4
        )
    return drawn


def childs_drawing() -> str:
    """A bus as a child of two might be helped to draw it; two magnets hold it."""
    bus = stroke(
        "M-40 14L-38-20Q0-28 42-18L40 16Q0 20-40 14M-26-12L-10-13L-10-1L-26 0ZM4-14L22-13L22 0L4-1Z", CLAY, 4.5
    )
    wheels = stroke("M-26 18A9 9 0 1 0 -8 18A9 9 0 1 0 -26 18M14 18A9 9 0 1 0 32 18A9 9 0 1 0 14 18", BLUE, 4.5)
    magnets = disc(-46, -46, 7, LAKE) + disc(46, -46, 7, MARIGOLD)
    return group(rect(-60, -54, 120, 104, SHEET, r=3), bus, wheels, magnets)


def calendar() -> str:
    """A wall calendar 150 by 170 with one day marked."""
    sheet = rect(-75, -85, 150, 170, SHEET, r=6) + rect(-75, -85, 150, 40, LAKE, r=6) + rect(-75, -55, 150, 12, LAKE)
    days = ""
    for day in range(28):
        x, y = -54 + 18 * (day % 7), -24 + 26 * (day // 7)
        days += disc(x, y, 10, MARIGOLD) if day == MARKED_DAY else ""
        days += disc(x, y, 3.6, INK if day == MARKED_DAY else SLATE)
    return sheet + days


def laptop(inner: str) -> str:
    """An open laptop; the screen is 420 by 270 round the origin."""
    screen = rect(-226, -150, 452, 300, INK, r=16) + rect(-210, -135, 420, 270, SHEET, r=4)
    return (
        screen + inner + blob("M-262 150L262 150L286 172Q286 180 276 180L-276 180Q-286 180-286 172Z", mix(SLATE, 0.7))
    )


def pen(colour: str = LAKE) -> str:
    """A pen pointing down to the origin."""
    return (
        blob("M0 0L-8-20L8-20Z", INK)
        + rect(-8, -128, 16, 108, colour, r=4)
        + rect(-8, -48, 16, 8, mix(colour, 0.7, INK))
    )


def card(text: str, *, width: float = 200) -> str:
    """A small picture card with one word."""
    return rect(-width / 2, -70, width, 140, MOSS_WASH, r=12) + words(0, 12, text, 42, font=SERIF, anchor="middle")
